import type { Budget, Environment } from './environment.ts'
import type { Parameter, Word, WordPart } from './word.ts'
import { unknown, withUnknowns } from '../unknown.ts'
import { hereWord, wholeWord } from './word-reader.ts'
import { defaultOf, isUnset, valuesOfParameter } from './parameter.ts'

/** What words are worked out with. `run` reads the commands in a `$( )` and gives what they print. */
export type Expansion = Readonly<{
  environment: Environment
  budget: Budget
  run: (text: string) => string | undefined
}>

/** The arguments that words become: split at spaces where they are not quoted. */
export function argumentsOf(words: readonly Word[], expansion: Expansion): string[] {
  return words.flatMap((word) => fieldsOf(word, expansion))
}

/** The one text that a word becomes where the shell does not split: in assignments and redirections. */
export function textOf({ parts }: Word, expansion: Expansion): string {
  return textOfParts(parts, expansion, 0)
}

/** The text of a here-document. */
export function hereText(text: string, expansion: Expansion): string {
  return textOf(hereWord(text), expansion)
}

/** The values of `name=value` and `name=(a b)`, of which `parts` are what stands behind the sign. */
export function valuesOf(parts: readonly WordPart[], expansion: Expansion): readonly string[] {
  const list = parts.find((part) => part.kind === 'list')
  if (list?.kind === 'list') return argumentsOf(list.words, expansion)
  return [textOfParts(parts, expansion, 0)]
}

/** Defaults within defaults are followed so far. */
const depthMax = 16

/**
 * A piece of what a word becomes. Quoted text is kept even when it is empty; what an expansion gave
 * outside of quotes is split at blanks. `starts`: a new argument begins with it, as with each value of
 * `"${list[@]}"`.
 */
type Piece = Readonly<{ text: string; kind: 'plain' | 'quoted' | 'split'; starts: boolean }>

/** @see POSIX.1-2017, Shell Command Language 2.6.5 */
function fieldsOf({ parts }: Word, expansion: Expansion): readonly string[] {
  const fields: string[] = []
  let current: string | undefined
  const close = (): void => {
    if (current !== undefined) fields.push(current)
    current = undefined
  }
  for (const { text, kind, starts } of piecesOf(parts, expansion, 0)) {
    if (starts) close()
    if (kind !== 'split') {
      if (kind === 'quoted' || text !== '') current = (current ?? '') + text
      continue
    }
    if (/^[ \t\n]/.test(text)) close()
    for (const [index, word] of text.split(/[ \t\n]+/).entries()) {
      if (index > 0) close()
      if (word !== '') current = (current ?? '') + word
    }
  }
  close()
  return fields.map(withUnknowns)
}

function textOfParts(parts: readonly WordPart[], expansion: Expansion, depth: number): string {
  return piecesOf(parts, expansion, depth)
    .map(({ text, starts }) => (starts ? ` ${text}` : text))
    .join('')
}

function piecesOf(
  parts: readonly WordPart[],
  expansion: Expansion,
  depth: number,
): readonly Piece[] {
  return parts.flatMap((part, index): readonly Piece[] => {
    switch (part.kind) {
      case 'text': {
        const isHome = index === 0 && !part.quoted && part.text.startsWith('~')
        const text = isHome ? unknown + part.text.slice(1) : part.text
        return [{ text, kind: part.quoted ? 'quoted' : 'plain', starts: false }]
      }
      case 'parameter':
        return spend(expansion.budget, parameterPieces(part, expansion, depth))
      case 'command':
        return [pieceOf(expansion.run(part.text) ?? unknown, part.quoted)]
      case 'computed':
      case 'list':
        return [pieceOf(unknown, part.quoted)]
    }
  })
}

function pieceOf(text: string, quoted: boolean, starts = false): Piece {
  return { text, kind: quoted ? 'quoted' : 'split', starts }
}

function spend(budget: Budget, pieces: readonly Piece[]): readonly Piece[] {
  budget.characters -= pieces.reduce((sum, { text }) => sum + text.length, 0)
  return budget.characters < 0 ? [pieceOf(unknown, true)] : pieces
}

function parameterPieces(
  { parameter, quoted }: Readonly<{ parameter: Parameter; quoted: boolean }>,
  expansion: Expansion,
  depth: number,
): readonly Piece[] {
  const { environment } = expansion
  const given = defaultOf(parameter)
  if (given === undefined || !isUnset(parameter, environment)) {
    const values = valuesOfParameter(parameter, environment)
    return values.map((value, index) => pieceOf(value, quoted, index > 0))
  }
  if (depth >= depthMax) return [pieceOf(unknown, quoted)]
  // The default's own quotes count, but for those within quotes.
  const pieces = piecesOf(wholeWord(given.word).parts, expansion, depth + 1)
  if (given.assigns) environment.set(parameter.name, [pieces.map(({ text }) => text).join('')])
  return pieces.map(({ text, kind, starts }) => pieceOf(text, quoted || kind === 'quoted', starts))
}
