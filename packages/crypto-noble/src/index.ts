export { noble, type NobleOptions } from './noble.ts'
export type { Random } from './random.ts'
