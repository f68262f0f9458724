/** Where messages and their inside don't fit beside each other, the page goes from the one to the other. */

const isNarrow = (): boolean => matchMedia('(max-width: 79.99rem)').matches

export function goToInspector(): void {
  if (isNarrow()) scrollTo('inspector')
}

export function goToLadder(): void {
  scrollTo('ladder')
}

function scrollTo(id: string): void {
  // The inspector shows the message only behind the next drawing
  requestAnimationFrame(() => {
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
    document.getElementById(id)?.scrollIntoView({ behavior: calm ? 'instant' : 'smooth', block: 'start' })
  })
}
