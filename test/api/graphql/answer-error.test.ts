import { GraphQLError } from 'graphql'
import { describe, expect, it } from 'vitest'
import { answerError, statusOf } from '../../../src/api/graphql/answer-error.ts'
import { LinewardError } from '../../../src/errors.ts'
import { createLog } from '../../../src/log.ts'

const clean = (text: string): string => text

/** What was logged, line by line. */
function logged() {
  const lines: string[] = []
  return { lines, log: createLog('info', { write: (line: string) => void lines.push(line) }) }
}

const located = (originalError: Error): GraphQLError =>
  new GraphQLError(originalError.message, { path: ['datasets', 0], originalError })

describe('an error of an answer', () => {
  it('that is ours is shown by code and message, and not logged', () => {
    const { lines, log } = logged()
    const error = located(
      new LinewardError('NOT_FOUND', 'There is none', { cause: new Error('x') }),
    )
    expect(answerError(error, { ran: true, requestId: 'r', log, clean })).toEqual({
      message: 'There is none',
      path: ['datasets', 0],
      extensions: { code: 'NOT_FOUND' },
    })
    expect(lines).toEqual([])
  })

  it.each([
    new Error('SQLITE_CORRUPT: secret'),
    new TypeError('secret is not a function'),
    new LinewardError('INTERNAL', 'secret', { cause: new Error('secret') }),
    // What GraphQL says of a value that it was given to show.
    new GraphQLError('Int cannot represent non-integer value: "secret"'),
  ])('that is a fault of ours says nothing but its id: %s', (inner) => {
    const { lines, log } = logged()
    const shown = answerError(located(inner), { ran: true, requestId: 'request-1', log, clean })
    expect(JSON.stringify(shown)).not.toContain('secret')
    expect(shown.extensions).toEqual({ code: 'INTERNAL', requestId: 'request-1' })
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain('request-1')
  })

  it('about the query is shown in the words of GraphQL', () => {
    const { log } = logged()
    const error = new GraphQLError('Cannot query field "x"')
    expect(answerError(error, { ran: false, requestId: 'r', log, clean })).toMatchObject({
      message: 'Cannot query field "x"',
      extensions: { code: 'QUERY_INVALID' },
    })
  })

  it('gives the answer the worst status of its codes', () => {
    const of = (code: 'QUERY_INVALID' | 'INTERNAL') => ({ message: '', extensions: { code } })
    expect(statusOf([of('QUERY_INVALID')])).toBe(400)
    expect(statusOf([of('QUERY_INVALID'), of('INTERNAL')])).toBe(500)
  })
})
