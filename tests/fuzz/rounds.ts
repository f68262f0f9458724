/** How long to look: `FUZZ=20` looks twenty times as long as the tests usually do. */
const factor = Number(process.env['FUZZ'] ?? 1)

export function rounds(usual: number): number {
  return Math.ceil(usual * factor)
}
