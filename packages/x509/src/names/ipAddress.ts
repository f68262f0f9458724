/** IP addresses as text: what users write, and what messages show. */

/** 4 or 16 bytes; `undefined` if the text is no IP address. No zone, no brackets, no octal or short forms. */
export function parseIpAddress(text: string): Uint8Array | undefined {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text)
}

function parseIpv4(text: string): Uint8Array | undefined {
  const parts = text.split('.')
  const decimal = /^(0|[1-9]\d{0,2})$/
  if (parts.length !== 4 || !parts.every((part) => decimal.test(part) && Number(part) < 256)) return undefined
  return Uint8Array.from(parts, Number)
}

/** RFC 4291 §2.2 */
function parseIpv6(text: string): Uint8Array | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head, tail] = halves.map((half, i) => parseGroups(half, i === halves.length - 1))
  if (!head || (halves.length === 2 && !tail)) return undefined
  const length = head.length + (tail?.length ?? 0)
  if (tail ? length > 14 : length !== 16) return undefined
  return Uint8Array.from([...head, ...Array<number>(16 - length).fill(0), ...(tail ?? [])])
}

function parseGroups(text: string, last: boolean): readonly number[] | undefined {
  if (text === '') return []
  const bytes: number[] = []
  const groups = text.split(':')
  for (const [i, group] of groups.entries()) {
    const embedded = last && i === groups.length - 1 ? parseIpv4(group) : undefined
    if (embedded) bytes.push(...embedded)
    else if (/^[\da-f]{1,4}$/i.test(group))
      bytes.push(Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff)
    else return undefined
  }
  return bytes
}

/** As RFC 5952 §4 writes them: lower case, the first of the longest runs of two zero groups or more as `::`. */
export function formatIpAddress(bytes: Uint8Array): string {
  if (bytes.length !== 16) return bytes.join('.')
  const groups = Array.from({ length: 8 }, (_, i) =>
    (((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0)).toString(16),
  )
  const runs = groups.map((_, start) => {
    const end = groups.findIndex((group, i) => i >= start && group !== '0')
    return (end === -1 ? 8 : end) - start
  })
  const longest = Math.max(...runs)
  if (longest < 2) return groups.join(':')
  const start = runs.indexOf(longest)
  return `${groups.slice(0, start).join(':')}::${groups.slice(start + longest).join(':')}`
}
