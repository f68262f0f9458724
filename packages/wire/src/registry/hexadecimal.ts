/** `0x0a0a`: a code point of so many hexadecimal digits. */
export function hexadecimal(value: number, digits: 2 | 4): string {
  return `0x${value.toString(16).padStart(digits, '0')}`
}
