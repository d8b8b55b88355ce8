import { describe, expect, it } from 'vitest'
import { batched, remembered } from '../../../src/api/graphql/batch.ts'

/** Knows the length of every word but `nothing`, and remembers what it was asked for at once. */
function lengths() {
  const asked: (readonly string[])[] = []
  const load = batched(async (words: readonly string[]) => {
    asked.push([...words])
    return new Map(words.filter((word) => word !== 'nothing').map((word) => [word, word.length]))
  })
  return { asked, load }
}

describe('a batch', () => {
  it('asks once for all that is wanted at one time', async () => {
    const { asked, load } = lengths()
    expect(await Promise.all([load('a'), load('nothing'), load('__proto__'), load('a')])).toEqual([
      1,
      undefined,
      9,
      1,
    ])
    expect(asked).toEqual([['a', 'nothing', '__proto__']])
  })

  it('waits for those who ask a few promises later', async () => {
    const { asked, load } = lengths()
    const later = Promise.resolve()
      .then(() => undefined)
      .then(() => load('later'))
    await Promise.all([load('now'), later])
    expect(asked).toEqual([['now', 'later']])
  })

  it('asks for nothing twice', async () => {
    const { asked, load } = lengths()
    await load('a')
    await Promise.all([load('a'), load('b')])
    expect(asked).toEqual([['a'], ['b']])
  })

  it('tells everybody who waited that it failed', async () => {
    const load = batched(async (): Promise<ReadonlyMap<string, number>> => {
      throw new RangeError('away')
    })
    const both = await Promise.allSettled([load('a'), load('b')])
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  })
})

describe('what is remembered', () => {
  it('is worked out once for each key', async () => {
    const remember = remembered<number>()
    let times = 0
    const work = async (): Promise<number> => (times += 1)
    expect([
      await remember('a', work),
      await remember('a', work),
      await remember('b', work),
    ]).toEqual([1, 1, 2])
  })
})
