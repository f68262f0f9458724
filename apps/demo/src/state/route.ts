/** Which view is shown: what stands behind `#` in the address. */
import { signal } from '@preact/signals'

export const views = ['handshake', 'server', 'backends'] as const
export type View = (typeof views)[number]

const current = (): View => views.find((name) => location.hash === `#${name}`) ?? 'handshake'

export const view = signal<View>(current())

export function followAddress(): void {
  addEventListener('hashchange', () => {
    view.value = current()
  })
}
