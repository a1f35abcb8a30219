// A proxy of our own before the server: it passes requests on, waits for the whole answer, and for some cuts the connection instead of handing it over.
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface CuttingProxy { url: string; cut: number; passed: number; /** Refuses every connection while true: the network is away. */ away: boolean; close(): Promise<void> }
/** `cuts` is asked when an answer is there: true loses it after the server has done its work. */
export async function openCuttingProxy(target: string, cuts: () => boolean): Promise<CuttingProxy> {
  const { hostname, port } = new URL(target)
  const server: Server = createServer((incoming, outgoing) => {
    if (proxy.away) return void incoming.socket.destroy()
    const onward = request({ hostname, port, method: incoming.method, path: incoming.url, headers: incoming.headers }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () => {
        if (proxy.away || cuts()) {
          proxy.cut += 1
          return void incoming.socket.destroy()
        }
        proxy.passed += 1
        outgoing.writeHead(answer.statusCode!, answer.headers)
        outgoing.end(Buffer.concat(parts))
      })
    })
    onward.on('error', () => incoming.socket.destroy())
    incoming.pipe(onward)
  })
  const proxy: CuttingProxy = {
    url: '', cut: 0, passed: 0, away: false,
    close: () => new Promise((resolve) => {
      server.closeAllConnections()
      server.close(() => resolve())
    }),
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  proxy.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return proxy
}
