/** Connects by `@mortise/tls-node`, on a runtime that does as Node does: arguments are the port and the file with the authority. */
import { readFileSync } from 'node:fs'
import { certificatesFromPem } from '@mortise/tls'
import { connect } from '@mortise/tls-node'

const [port = '', authority = ''] = process.argv.slice(2)
const socket = connect({
  host: 'localhost',
  port: Number(port),
  anchors: certificatesFromPem(readFileSync(authority, 'utf8')),
  alpn: ['echo'],
})
socket.on('error', (error) => {
  console.error(error.message)
  process.exitCode = 1
})
socket.write('hello')
socket.once('data', (bytes: Buffer) => {
  console.log(JSON.stringify({ text: String(bytes), alpn: socket.info?.alpn }))
  socket.end()
})
