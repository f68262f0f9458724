export { noble, type NobleOptions } from './noble.ts'
