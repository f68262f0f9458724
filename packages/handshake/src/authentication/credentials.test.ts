import { beforeAll, describe, expect, it } from 'vitest'
import { SignatureScheme, type OIDFilter } from '@mortise/wire'
import { infoOf, makeCredential, parties, trusting, type Parties } from '../fixtures/parties.ts'
import {
  clientCredentials,
  type ClientOptions,
  type Credential,
  type CredentialRequest,
  type ServerOptions,
} from '../index.ts'
import { chooseCredential, type CredentialWish } from './credentials.ts'

const { ecdsa_secp256r1_sha256: p256, rsa_pkcs1_sha256: pkcs1, ed25519 } = SignatureScheme
const name = (text: string): Uint8Array => new TextEncoder().encode(text)
const filter: OIDFilter = {
  certificateExtensionOid: Uint8Array.of(6, 3, 0x55, 0x1d, 0x0f),
  certificateExtensionValues: Uint8Array.of(3, 2, 7, 0x80),
}

let [a, b, c]: Credential[] = []

beforeAll(async () => {
  ;[a, b, c] = [await makeCredential('a'), await makeCredential('b'), await makeCredential('c')]
})

const wish = (more: Partial<CredentialWish> = {}): CredentialWish => ({
  serverName: undefined,
  schemes: [p256],
  certificateTypes: [0],
  certificateAuthorities: [],
  oidFilters: [],
  delegatedCredentialSchemes: [],
  now: 0,
  ...more,
})

/** Which of a, b and c is chosen, with these properties. */
function chosen(
  properties: readonly Partial<Credential>[],
  wanted: Partial<CredentialWish>,
): number | undefined {
  const credentials = [a, b, c].flatMap((item, i) =>
    item && properties[i] ? [{ ...item, ...properties[i] }] : [],
  )
  const choice = chooseCredential(credentials, wish(wanted))
  return choice && credentials.indexOf(choice.credential)
}

describe('a credential is chosen by name (RFC 9846 §4.5.1.2)', () => {
  const names = [{ names: ['a.org'] }, { names: ['*.b.org', 'b.org'] }, {}]
  it.each([
    ['a.org', 0],
    ['A.ORG.', 0],
    ['b.org', 1],
    ['x.b.org', 1],
    ['x.y.b.org', 2],
    ['.b.org', 2],
    ['other.org', 2],
    [undefined, 0],
  ])('%s', (serverName, index) => {
    expect(chosen(names, { serverName })).toBe(index)
  })

  it('the first there is, if none fits: its peer will refuse it with a reason', () => {
    expect(chosen([{ names: ['a.org'] }, { names: ['b.org'] }], { serverName: 'c.org' })).toBe(0)
  })
})

describe('a credential is chosen by what its key can sign (RFC 9846 §4.3.3)', () => {
  it('never by a scheme of certificates only', () => {
    expect(chosen([{}], { schemes: [pkcs1] })).toBeUndefined()
    expect(chosen([{}, {}], { schemes: [ed25519] })).toBeUndefined()
  })
})

describe('a credential is chosen by authority (RFC 9846 §4.5.1.2)', () => {
  const issuers = [{ issuers: [name('one')] }, { issuers: [name('two'), name('root')] }]
  it.each([
    ['root', 1],
    ['one', 0],
    ['none of them', 0],
  ])('%s', (authority, index) => {
    expect(chosen(issuers, { certificateAuthorities: [name(authority)] })).toBe(index)
  })

  it('one whose issuers nobody knows does as well', () => {
    expect(chosen([{}, ...issuers], { certificateAuthorities: [name('one')] })).toBe(0)
  })
})

describe('filters must match (RFC 9846 §4.3.5)', () => {
  it('all of them', () => {
    const matching = [{ matches: () => false }, { matches: (item: OIDFilter) => item === filter }]
    expect(chosen(matching, { oidFilters: [filter] })).toBe(1)
    expect(chosen(matching, { oidFilters: [filter, { ...filter }] })).toBeUndefined()
    expect(chosen(matching, { oidFilters: [] })).toBe(0)
  })
})

describe('what each side says of itself arrives', () => {
  function both(client: Partial<ClientOptions>, server: Partial<ServerOptions>): Parties {
    if (!a || !b || !c) throw new Error('no credentials')
    return parties({ verifier: trusting(a, b, c), ...client }, { credentials: [a], ...server })
  }

  it('authorities and filters of a server', async () => {
    let request: CredentialRequest | undefined
    const choose = (asked: CredentialRequest): readonly Credential[] => {
      request = asked
      return []
    }
    const pair = both(
      { credentials: clientCredentials(choose) },
      {
        signatureSchemes: [p256],
        clientAuthentication: {
          required: false,
          verifier: trusting(),
          certificateAuthorities: [name('one')],
          oidFilters: [filter],
        },
      },
    )
    await pair.shakeHands()
    expect(request).toEqual({
      signatureSchemes: [p256],
      certificateAuthorities: [name('one')],
      certificateType: 0,
      oidFilters: [filter],
    })
    expect(infoOf(pair, 'client').localCertificates).toEqual([])
  })

  it('a client whose certificates match no filter shows none', async () => {
    const own = c && { ...c, matches: () => false }
    const pair = both(
      { credentials: clientCredentials(own ? [own] : []) },
      { clientAuthentication: { required: false, verifier: trusting(), oidFilters: [filter] } },
    )
    await pair.shakeHands()
    expect(infoOf(pair, 'server').peer).toBeUndefined()
  })

  it('authorities of a client (RFC 9846 §4.3.4)', async () => {
    const credentials = [a, b].flatMap((item, i) =>
      item ? [{ ...item, issuers: [name(`issuer ${i}`)] }] : [],
    )
    const pair = both({ certificateAuthorities: [name('issuer 1')] }, { credentials })
    await pair.shakeHands()
    expect(infoOf(pair, 'client').peer?.certificates).toEqual(b?.certificates)
    expect(infoOf(pair, 'server').localCertificates).toEqual(b?.certificates)
  })
})
