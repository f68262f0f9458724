/** The providers that the suites run on: each of ours, Web Crypto's shim, and mixtures. */
import type { SigningProvider } from '@mortise/crypto'
import { noble } from '@mortise/crypto-noble'
import { nodeCrypto } from '@mortise/crypto-node'
import { detectWebcrypto } from '@mortise/crypto-webcrypto'
import { Crypto as PeculiarCrypto } from '@peculiar/webcrypto'

export interface Subject {
  readonly name: string
  readonly provider: SigningProvider
  /** At most about so many cases of each of Wycheproof's files, or all; all of them in any case with WYCHEPROOF=all. */
  readonly sample: number
}

const webcrypto = await detectWebcrypto()

export const subjects: readonly Subject[] = [
  { name: 'crypto-node', provider: nodeCrypto(), sample: Infinity },
  { name: 'crypto-webcrypto', provider: webcrypto, sample: 150 },
  {
    name: 'crypto-webcrypto on @peculiar/webcrypto',
    provider: await detectWebcrypto({ crypto: new PeculiarCrypto() }),
    sample: 150,
  },
  { name: 'crypto-noble', provider: noble(), sample: 20 },
]

/** Parts of which every one has passed Wycheproof above. */
export const mixtures: readonly Subject[] = [
  {
    name: 'crypto-webcrypto with hashes of crypto-noble',
    provider: { ...webcrypto, hashes: noble().hashes },
    sample: 0,
  },
  {
    name: 'crypto-noble with AEADs of crypto-webcrypto and groups of crypto-node',
    provider: { ...noble(), aeads: webcrypto.aeads, groups: nodeCrypto().groups },
    sample: 0,
  },
]
