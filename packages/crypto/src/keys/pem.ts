/** PEM (RFC 7468): what is between the lines BEGIN and END; text around them is left alone. */
import { inWords } from '@mortise/wire'
import { CryptoError } from '../error.ts'
import { fromBase64 } from './base64.ts'

/** One block of a PEM file. */
export interface PemBlock {
  /** `CERTIFICATE`, `PRIVATE KEY`, … */
  readonly label: string
  /** DER, unless `encrypted`. */
  readonly bytes: Uint8Array
  /** Whether it is encrypted by the headers of RFC 1421, as OpenSSL once wrote keys. */
  readonly encrypted: boolean
}

/**
 * All blocks of a text.
 * @throws CryptoError `ERR_CRYPTO_MALFORMED` for a block without its end, or with anything but base64 in it
 */
export function readPem(text: string): readonly PemBlock[] {
  const blocks: PemBlock[] = []
  let open: { readonly label: string; readonly lines: string[] } | undefined
  for (const line of text.split(/\r\n|\n|\r/).map((item) => item.trim())) {
    const [, boundary, label = ''] = /^-----(BEGIN|END) ([^-]+)-----$/.exec(line) ?? []
    if (boundary === 'BEGIN') {
      if (open) throw malformed(open.label, inWords && 'has no end')
      open = { label, lines: [] }
    } else if (boundary === 'END' && open) {
      if (open.label !== label) throw malformed(open.label, inWords && `ends as ${label}`)
      blocks.push(readBlock(open.label, open.lines))
      open = undefined
    } else open?.lines.push(line)
  }
  if (open) throw malformed(open.label, inWords && 'has no end')
  return blocks
}

function readBlock(label: string, lines: readonly string[]): PemBlock {
  const headers = lines.filter((line) => line.includes(':'))
  const base64 = lines.slice(headers.length).join('').replaceAll(/\s/g, '')
  const bytes = fromBase64(base64)
  if (!bytes || bytes.length === 0) throw malformed(label, inWords && 'is not base64')
  return { label, bytes, encrypted: headers.some((line) => /^Proc-Type:.*ENCRYPTED/.test(line)) }
}

function malformed(label: string, detail: string | false): CryptoError {
  return new CryptoError('ERR_CRYPTO_MALFORMED', inWords && `PEM: ${label} ${detail}`)
}
