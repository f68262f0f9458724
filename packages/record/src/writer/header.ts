/** Writes a record header of version 0x0303 (RFC 9846 §5.1, §5.2) over `header`, five bytes. */
export function setHeader(header: Uint8Array, type: number, length: number): void {
  header[0] = type
  header[1] = 3
  header[2] = 3
  header[3] = length >> 8
  header[4] = length
}
