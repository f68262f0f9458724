export { nodeCrypto } from './nodeCrypto.ts'
