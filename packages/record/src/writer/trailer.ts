/** What follows the content inside of a protected record: its type and zeros (RFC 9846 §5.2). */

/** The trailers of one writer: always views of the same array, so each is good until the next call. */
export function createTrailers(): (type: number, zeros: number) => Uint8Array {
  let trailer = new Uint8Array(1)
  return (type, zeros) => {
    if (trailer.length < 1 + zeros) trailer = new Uint8Array(1 + zeros)
    trailer[0] = type
    return trailer.length === 1 + zeros ? trailer : trailer.subarray(0, 1 + zeros)
  }
}
