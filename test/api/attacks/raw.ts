import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'

export type RawAnswer = Readonly<{
  /** 0 when the connection ended without an answer. */
  status: number
  headers: Readonly<Record<string, string>>
  body: string
  /** Everything that came back, also of further answers. */
  all: string
}>

/** Sends bytes as they are and reads what comes back until the server ends the connection. */
export async function sendRaw(url: string, bytes: string | Uint8Array): Promise<RawAnswer> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  // A server that has seen enough may end before it has read all.
  socket.on('error', () => undefined)
  socket.write(bytes)
  const all = await text(socket).catch(() => '')
  const [head = '', ...rest] = all.split('\r\n\r\n')
  const [first = '', ...lines] = head.split('\r\n')
  const headers = lines.map((line): [string, string] => {
    const at = line.indexOf(':')
    return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()]
  })
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1] ?? 0),
    headers: Object.fromEntries(headers),
    body: rest.join('\r\n\r\n'),
    all,
  }
}

/** One request of which the path goes out as it is written, unlike with fetch. */
export function requestText(
  target: string,
  how: Readonly<{ method?: string; headers?: readonly string[]; body?: string }> = {},
): string {
  const { method = 'GET', headers = [], body = '' } = how
  const length = body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]
  const head = [`${method} ${target} HTTP/1.1`, 'Host: here', 'Connection: close']
  return `${[...head, ...length, ...headers].join('\r\n')}\r\n\r\n${body}`
}

/** What a client did is never a failure of the server. Throws with the first line that says it was. */
export function refuseFailures(log: readonly string[]): void {
  const failure = log.find((line) => line.includes('"level":"error"'))
  if (failure !== undefined) throw new Error(`The server failed: ${failure}`)
}
