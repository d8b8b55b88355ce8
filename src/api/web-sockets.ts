import type { WebsocketPluginOptions } from '@fastify/websocket'
import type { FastifyInstance } from 'fastify'
import type { Config } from '../config.ts'
import { subscriptionProtocol } from './graphql/index.ts'

/** How long a client may take to answer that the server goes away. */
const goodbyeMs = 1000

/** Sockets as we serve them: small messages, our one protocol, and an end when the server stops. */
export function webSocketOptions({
  queryBytesMax,
}: Pick<Config, 'queryBytesMax'>): WebsocketPluginOptions {
  return {
    options: {
      maxPayload: queryBytesMax,
      handleProtocols: (offered: ReadonlySet<string>) =>
        offered.has(subscriptionProtocol) ? subscriptionProtocol : false,
    },
    // A socket that fails is of nobody any more.
    errorHandler: (_error, socket) => socket.terminate(),
    preClose(this: FastifyInstance, done: () => void) {
      const { clients } = this.websocketServer
      for (const client of clients) client.close(1001, 'The server is being stopped')
      setTimeout(() => {
        for (const client of clients) client.terminate()
      }, goodbyeMs).unref()
      this.websocketServer.close()
      done()
    },
  }
}
