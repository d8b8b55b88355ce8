import type { Caller } from '../parts.ts'
import { LinewardError } from '../../errors.ts'

/**
 * The person behind a token, for what needs one who can be told from others.
 *
 * @throws LinewardError REFUSED when the token stands for nobody.
 */
export function personIn({ person }: Caller, doing: string): string {
  if (person !== undefined && person.trim() !== '') return person
  throw new LinewardError(
    'REFUSED',
    `Whoever ${doing} is a person, and this token stands for none: make one with \`lineward token create --person\``,
  )
}
