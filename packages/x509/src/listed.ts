const shown = 10

/** For messages: what is in a certificate may be as long as its maker likes, a message is not. */
export function listed(items: readonly string[]): string {
  const text = items.slice(0, shown).join(', ')
  return items.length > shown ? `${text} and ${items.length - shown} more` : text
}
