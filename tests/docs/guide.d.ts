/**
 * What examples may take for granted. A page of the guide declares all that it uses, but for what only another runtime has.
 */
interface DenoConn {
  readonly readable: ReadableStream<Uint8Array>
  readonly writable: WritableStream<Uint8Array>
}

declare namespace Deno {
  function connect(options: { readonly hostname: string; readonly port: number }): Promise<DenoConn>
  function readTextFile(path: string): Promise<string>
}

declare module 'cloudflare:sockets' {
  export function connect(
    address: { readonly hostname: string; readonly port: number },
    options?: { readonly secureTransport?: 'off' | 'on' | 'starttls' },
  ): { readonly readable: ReadableStream<Uint8Array>; readonly writable: WritableStream<Uint8Array> }
}
