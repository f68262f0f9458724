/** Peers' texts for a terminal: control characters could make it do things, so they are shown as escapes. */
export function printable(text: string): string {
  return text.replaceAll(
    /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    (character) => {
      const code = character.charCodeAt(0)
      return code < 0x100 ? `\\x${hexadecimal(code, 2)}` : `\\u${hexadecimal(code, 4)}`
    },
  )
}

const hexadecimal = (code: number, digits: number): string => code.toString(16).padStart(digits, '0')
