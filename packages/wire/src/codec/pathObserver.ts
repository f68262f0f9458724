import type { Observer } from './observer.ts'
import { pathText } from './path.ts'

/** Keeps where a Reader stands, and nothing of what it reads: all that the message of an error needs. */
export function pathObserver(name: string): Observer & { readonly path: () => string } {
  const path: (string | number)[] = [name]
  const nothing = (): void => {
    // What things mean is for an annotated view
  }
  return {
    path: () => pathText(path),
    enter: (step) => void path.push(step),
    leave: () => void path.pop(),
    describe: nothing,
    part: nothing,
    extensionData: nothing,
  }
}
