/** A brace list: where it closes, and the commas between its items. */
type List = Readonly<{ close: number; commas: readonly number[] }>

const nestingMax = 32

/**
 * The names that a Hadoop brace list stands for: `raw/{a,b}` gives `raw/a` and `raw/b`, in their
 * order; lists may lie in lists. Braces without a comma are characters like others. Undefined when
 * there would be more than `limit`, or the lists lie deeper than 32.
 */
export function expandBraces(text: string, limit: number): readonly string[] | undefined {
  if (!text.includes('{')) return [text]
  const lists = listsIn(text)
  if (lists === undefined || countIn(0, text.length, lists, limit) > limit) return undefined
  return expand(text, 0, text.length, lists)
}

function listsIn(text: string): ReadonlyMap<number, List> | undefined {
  const lists = new Map<number, List>()
  const open: { at: number; commas: number[] }[] = []
  let deepest = 0
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index]
    if (character === '{') open.push({ at: index, commas: [] })
    else if (character === ',') open.at(-1)?.commas.push(index)
    else if (character === '}') {
      deepest = Math.max(deepest, open.length)
      const list = open.pop()
      if (list !== undefined && list.commas.length > 0) {
        lists.set(list.at, { close: index, commas: list.commas })
      }
    }
  }
  return deepest > nestingMax && lists.size > 0 ? undefined : lists
}

/** How many names a stretch of text stands for; stops counting above the limit. */
function countIn(
  start: number,
  end: number,
  lists: ReadonlyMap<number, List>,
  limit: number,
): number {
  let count = 1
  for (let index = start; index < end && count <= limit; index += 1) {
    const list = lists.get(index)
    if (list !== undefined) {
      const items = itemsOf(index, list)
      count *= items.reduce(
        (sum, [from, to]) => (sum > limit ? sum : sum + countIn(from, to, lists, limit)),
        0,
      )
      index = list.close
    }
  }
  return count
}

function expand(
  text: string,
  start: number,
  end: number,
  lists: ReadonlyMap<number, List>,
): readonly string[] {
  let names: readonly string[] = ['']
  let literal = start
  for (let index = start; index < end; index += 1) {
    const list = lists.get(index)
    if (list !== undefined) {
      const before = text.slice(literal, index)
      const items = itemsOf(index, list).flatMap(([from, to]) => expand(text, from, to, lists))
      names = names.flatMap((name) => items.map((item) => name + before + item))
      index = list.close
      literal = index + 1
    }
  }
  return names.map((name) => name + text.slice(literal, end))
}

/** Where the items of a list begin and end. */
function itemsOf(open: number, { close, commas }: List): readonly (readonly [number, number])[] {
  const ends = [...commas, close]
  return ends.map((end, index) => [index === 0 ? open + 1 : (ends[index - 1] ?? open) + 1, end])
}
