import type { GraphStore } from '../../src/graph/index.ts'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { derivations } from '../../src/derive/index.ts'
import { openSqliteGraph } from '../../src/graph/index.ts'
import { graphHandle } from '../../src/service/index.ts'

const open = (): GraphStore =>
  openSqliteGraph({ file: ':memory:', derivations, facts: async () => [] })

describe('a graph behind a handle', () => {
  it('answers as the store itself', async () => {
    const { graph } = graphHandle(open())
    await using closing = graph
    expect(await closing.ready()).toEqual({ ready: true })
    expect(await graph.marksLeft()).toBe(0)
    expect(await Promise.resolve(graph)).toBe(graph)
  })

  it('can be replaced: calls under way end before, later ones wait for the new store', async () => {
    const events: string[] = []
    const named = (name: string): GraphStore =>
      new Proxy(open(), {
        get(store, key) {
          const method: unknown = Reflect.get(store, key, store)
          if (typeof method !== 'function') return method
          return async (...args: readonly unknown[]) => {
            events.push(`${name} ${String(key)}`)
            await delay(5)
            const result: unknown = await Reflect.apply(method, store, args)
            events.push(`${name} done`)
            return result
          }
        },
      })
    const { graph, replace } = graphHandle(named('old'))
    const before = graph.marksLeft()
    const replaced = replace(async () => named('new'))
    const after = graph.marksLeft()
    await Promise.all([before, replaced, after])
    expect(events).toEqual([
      'old marksLeft',
      'old done',
      'old Symbol(Symbol.asyncDispose)',
      'old done',
      'new marksLeft',
      'new done',
    ])
    await graph[Symbol.asyncDispose]()
  })
})
