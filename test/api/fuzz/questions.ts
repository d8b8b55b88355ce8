import type { Question } from './question-writer.ts'
import type { Vocabulary } from './vocabulary.ts'
import fc from 'fast-check'
import { QuestionWriter } from './question-writer.ts'
import { Tape } from './tape.ts'

const aliases = Array.from({ length: 120 }, (_, n) => `b${n}: __typename`).join(' ')
const deepWalk = `run(runId: "r") ${'{ parent '.repeat(20)} { id ${'} '.repeat(21)}`
const odd = ['\u0000', '"""', '"', '{', '}', '...', '@', '$', '#', '\ufeff', '\ud800', '((((', '-']

type Change = (text: string) => string

/** Something that happens to the text of a query. */
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.nat().map(
    (where): Change =>
      (text) =>
        text.slice(0, where % (text.length + 1)),
  ),
  fc.tuple(fc.nat(), fc.constantFrom(...odd)).map(([where, token]): Change => {
    return (text) => {
      const index = where % (text.length + 1)
      return text.slice(0, index) + token + text.slice(index)
    }
  }),
  fc.constantFrom<Change>(
    (text) => `${text}\n${text}`,
    (text) => `${text}\n${text.replace(' Q', ' R')}`,
    (text) => text.replace('{', '{ __schema { types { name fields { name } } } '),
    (text) => `subscription${text.replace(/^\w+/, '')}`,
    (text) => text.replace('{', `{ ${aliases} `),
    (text) => text.replace('{', `{ ${deepWalk} `),
    (text) => text.replace('{', '{ datasets(first: 100000) { edges { cursor } } '),
    (text) => text.replace('{', `{ ${'__typename '.repeat(6000)} `),
    (text) => `${'{ node(id: "x") '.repeat(2000)}${text}`,
    (text) => `${text} fragment X on Query { ...Y } fragment Y on Query { ...X } { ...X }`,
    (text) => `type Query { x: Int } ${text}`,
    (text) => text.replaceAll(/"[^"]*"/g, `"${'y'.repeat(20_000)}"`),
    (text) => text.replaceAll('"', '"""'),
    (text) => text.replaceAll(/\ba(\d+):/g, '__proto__:'),
  ),
)

/** Questions, whole ones and such to whose text something happened. */
export function questions(vocabulary: Vocabulary): fc.Arbitrary<Question> {
  const whole = fc
    .array(fc.nat({ max: 0xffff }), { minLength: 20, maxLength: 200, size: 'max' })
    .map((steps) => new QuestionWriter(new Tape(steps), vocabulary).write())
  const broken = fc
    .tuple(whole, fc.array(change, { minLength: 1, maxLength: 2 }))
    .map(([{ query, variables }, all]) => ({
      query: all.reduce((text, one) => one(text), query),
      variables,
    }))
  return fc.oneof({ weight: 3, arbitrary: whole }, { weight: 1, arbitrary: broken })
}
