/** Milliseconds since 1970, where the caller passes no clock in: the doors are where defaults are chosen. */
// oxlint-disable-next-line no-restricted-properties -- the one place
export const systemClock = (): number => Date.now()
