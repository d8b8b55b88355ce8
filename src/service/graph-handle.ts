import type { GraphStore } from '../graph/index.ts'
import { setImmediate as nextTurn } from 'node:timers/promises'

/** A graph whose store can be another one from some moment on. */
export type GraphHandle = Readonly<{
  /** The store of the moment. Calls wait while it is being replaced. */
  graph: GraphStore
  /**
   * Puts the store that `open` gives in the place of the present one. Calls under way are waited for
   * and later ones wait; the present store is closed before `open` is called.
   */
  replace(open: () => Promise<GraphStore>): Promise<void>
}>

type Method = (...args: readonly unknown[]) => Promise<unknown>

/**
 * Stands before a store, so that whoever has it need not know that a rebuild put another one there.
 * All methods of a store give promises; that is what lets a call wait.
 */
export function graphHandle(first: GraphStore): GraphHandle {
  let store = first
  /** Resolved, but while the store is being replaced. */
  let usable = Promise.resolve()
  const underWay = new Set<Promise<unknown>>()

  const call = async (name: string | symbol, args: readonly unknown[]): Promise<unknown> => {
    await usable
    const method = Reflect.get(store, name, store) as Method
    const result = Reflect.apply(method, store, args)
    underWay.add(result)
    try {
      return await result
    } finally {
      underWay.delete(result)
    }
  }
  const methods = new Map<string | symbol, Method>()
  const graph = new Proxy(first, {
    get(_target, name) {
      // A promise that resolves to a graph asks whether it is one itself.
      if (name === 'then') return undefined
      const method = methods.get(name) ?? ((...args) => call(name, args))
      methods.set(name, method)
      return method
    },
  })

  return {
    graph,
    async replace(open) {
      const done = Promise.withResolvers<void>()
      usable = done.promise
      try {
        // A call that saw the store usable has begun by the next turn.
        await nextTurn()
        await Promise.allSettled(underWay)
        await store[Symbol.asyncDispose]()
        store = await open()
      } finally {
        done.resolve()
      }
    },
  }
}
