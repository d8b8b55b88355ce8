/** One value by its key; undefined when there is none. */
export type Load<Key, Value> = (key: Key) => Promise<Value | undefined>

/**
 * Collects the keys that are asked for at one time into one call of `fetch`, and asks for no key
 * twice. What it has is never refreshed: a batch lives as long as one request.
 */
export function batched<Key, Value>(
  fetch: (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Value>>,
): Load<Key, Value> {
  const answers = new Map<Key, Promise<Value | undefined>>()
  let waiting: Readonly<{ keys: Key[]; values: Promise<ReadonlyMap<Key, Value>> }> | undefined

  return (key) => {
    const before = answers.get(key)
    if (before !== undefined) return before
    if (waiting === undefined) {
      const keys: Key[] = []
      waiting = { keys, values: allAskedFor().then(() => fetch(keys)) }
    }
    waiting.keys.push(key)
    const answer = waiting.values.then((values) => values.get(key))
    answers.set(key, answer)
    return answer
  }

  async function allAskedFor(): Promise<void> {
    // Resolvers of one level run in promise jobs; the next tick of the process comes after them.
    await Promise.resolve()
    await new Promise<void>((resolve) => {
      process.nextTick(resolve)
    })
    waiting = undefined
  }
}

/** Works a thing out once for each key, and gives the same promise again. */
export function remembered<Value>(): (key: string, work: () => Promise<Value>) => Promise<Value> {
  const known = new Map<string, Promise<Value>>()
  return (key, work) => {
    const before = known.get(key)
    if (before !== undefined) return before
    const value = work()
    known.set(key, value)
    return value
  }
}
