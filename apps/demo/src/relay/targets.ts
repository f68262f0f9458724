/** Whom the companion of this page relays to; a page that was put somewhere else has none. */

export interface Target {
  readonly name: string
  readonly kind: 'https' | 'postgres'
  readonly serverName: string
  /** Base64 of DER; empty: there is nobody to trust. */
  readonly anchors: readonly string[]
}

/** Empty where there is no companion. */
export async function loadTargets(): Promise<readonly Target[]> {
  try {
    const response = await fetch(new URL('targets.json', document.baseURI))
    return response.ok ? ((await response.json()) as readonly Target[]) : []
  } catch {
    return []
  }
}
