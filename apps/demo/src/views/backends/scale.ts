/** An axis from 0 whose ticks people can read: 1, 2 or 5 times a power of ten apart. */
export function niceScale(peak: number): { readonly top: number; readonly ticks: readonly number[] } {
  if (peak <= 0) return { top: 1, ticks: [0] }
  const rough = peak / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10) * power
  const count = Math.ceil(peak / step)
  const ticks = Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(6)))
  return { top: count * step, ticks }
}
