import type { Micros } from '../../src/model/index.ts'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openNoticeBook } from '../../src/coordination/index.ts'
import { temporaryFolder } from '../storage/folder.ts'

const at = (seconds: number): Micros => (seconds * 1_000_000) as Micros
const told = (of: readonly { readonly id: string }[]): string => of.map(({ id }) => id).join()

describe('notices', () => {
  it('are told once when they appear and once when they are gone, also after a restart', () => {
    const file = join(temporaryFolder(), 'coordination.db')
    const messages: string[] = []
    const update = (ids: readonly string[], seconds: number): void => {
      using book = openNoticeBook(file)
      const now = new Map(ids.map((id) => [id, `body of ${id}`]))
      book.update(now, at(seconds), (appeared, gone) => {
        messages.push(`+${told(appeared)} -${told(gone)}`)
        return []
      })
    }
    update(['a', 'b'], 1)
    update(['a', 'b'], 2)
    update(['b', 'c'], 3)
    update(['a', 'b', 'c'], 4)
    expect(messages).toEqual(['+a,b -', '+c -a', '+a -'])
    update([], 5)
    using book = openNoticeBook(file)
    expect(book.gone(2).map(({ id, body, at: then }) => [id, body, then])).toEqual([
      ['a', 'body of a', at(5)],
      ['b', 'body of b', at(5)],
    ])
  })

  it('keep their messages until they are delivered, in their order', () => {
    const file = join(temporaryFolder(), 'coordination.db')
    {
      using book = openNoticeBook(file)
      book.update(new Map([['a', '{}']]), at(1), () => ['first', 'second'])
      expect(book.due(at(0), 10)).toEqual([])
      const [first] = book.due(at(1), 10)
      expect([first?.body, first?.attempts]).toEqual(['first', 0])
      book.delay(first?.id ?? 0, at(9))
    }
    using book = openNoticeBook(file)
    expect(book.due(at(2), 10).map(({ body }) => body)).toEqual(['second'])
    expect(book.due(at(9), 10).map(({ body, attempts }) => [body, attempts])).toEqual([
      ['second', 0],
      ['first', 1],
    ])
    for (const { id } of book.due(at(9), 10)) book.delivered(id)
    expect([book.due(at(99), 10), book.nextDue()]).toEqual([[], undefined])
  })

  it('write nothing of a change whose messages could not be made', () => {
    using book = openNoticeBook(join(temporaryFolder(), 'coordination.db'))
    const failing = (): readonly string[] => {
      throw new RangeError('no message')
    }
    expect(() => book.update(new Map([['a', '{}']]), at(1), failing)).toThrow('no message')
    const appeared: string[] = []
    book.update(new Map([['a', '{}']]), at(2), (now) => {
      appeared.push(told(now))
      return []
    })
    expect(appeared).toEqual(['a'])
  })
})
