import type { DocumentNode } from 'graphql'
import { GraphQLError, Lexer, parse, Source, TokenKind } from 'graphql'
import { LinewardError } from '../../../errors.ts'

/**
 * The document of a source text, which has at most `tokensMax` tokens. They are counted before the
 * parser, which works by recursion, gets to see them.
 *
 * @throws LinewardError LIMIT_EXCEEDED when there are more, QUERY_INVALID when it is not GraphQL.
 */
export function parseWithin(text: string, tokensMax: number): DocumentNode {
  try {
    const source = new Source(text)
    if (hasMoreTokens(source, tokensMax)) {
      throw new LinewardError('LIMIT_EXCEEDED', `This query has more than ${tokensMax} tokens`)
    }
    return parse(source)
  } catch (error) {
    if (error instanceof LinewardError) throw error
    if (error instanceof GraphQLError) throw new LinewardError('QUERY_INVALID', error.message)
    // A bound on tokens that is set very high lets the parser's recursion use up the stack.
    if (error instanceof RangeError) {
      throw new LinewardError('LIMIT_EXCEEDED', 'This query is nested too deeply to be read')
    }
    throw error
  }
}

function hasMoreTokens(source: Source, max: number): boolean {
  const lexer = new Lexer(source)
  for (let count = 0; count <= max; count += 1) {
    if (lexer.advance().kind === TokenKind.EOF) return false
  }
  return true
}
