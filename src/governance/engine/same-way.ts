import type { Link } from './links.ts'

const texts = new WeakMap<object, string>()

/** Content as text, worked out once for each object. */
function textOf(content: object | undefined): string {
  if (content === undefined) return ''
  const text = texts.get(content) ?? JSON.stringify(content)
  texts.set(content, text)
  return text
}

/** Both lead from the same to the same, and carry the same in the same way. */
export function isSameWay(a: Link, b: Link): boolean {
  return (
    a.from === b.from &&
    a.to === b.to &&
    isSame(a.carry, b.carry) &&
    isSame(a.meeting, b.meeting) &&
    isSame(a.cut, b.cut) &&
    haveSameBeside(a, b)
  )
}

function isSame(a: object | undefined, b: object | undefined): boolean {
  return a === b || textOf(a) === textOf(b)
}

function haveSameBeside({ beside: a }: Link, { beside: b }: Link): boolean {
  if (a === undefined || b === undefined) return a === b
  const listed = (of: NonNullable<typeof a>) => [...of].flatMap(([, nodes]) => nodes)
  const [one, other] = [listed(a), listed(b)]
  return one.length === other.length && one.every((node, index) => node === other[index])
}
