/**
 * Stands inside of an argument for text that nobody can tell: an unset variable, what a command
 * prints, what was taken out before it was stored. No argument of a process can hold it.
 */
export const unknown = '\0'

/** Markers of the scrubber and of AWS; the stars only where they are the whole argument. */
const markers = /\[scrubbed:[a-z-]{1,40}\]|HIDDEN_(?:DUE_TO|FOR)_SECURITY_REASONS/g
const hidden = /^(?:\*{3,}|\*{3}(?:OMITTED\*{3}|\(Redacted\)))$/i

/** The text with `unknown` where something was hidden, as aws-events.md section 5.1 lists it. */
export function withUnknowns(text: string): string {
  return hidden.test(text) ? unknown : text.replace(markers, unknown)
}

export function isUnknown(text: string): boolean {
  return text.includes(unknown)
}

/** A word that SQL takes for a name, in place of what is unknown in a statement. */
const unknownName = 'lineward_unknown_value'

export function withUnknownNames(statement: string): string {
  return statement.replaceAll(unknown, unknownName)
}

/** What came out of a statement, with `unknown` again where the stand-in is. */
export function withoutUnknownNames(text: string): string {
  return text.replaceAll(new RegExp(unknownName, 'gi'), unknown)
}

/**
 * The folder that a path surely has, for all that is unknown in it: `s3://lake/a/<?>/b` lies in
 * `s3://lake/a`. Undefined when not even its file system is known.
 *
 * @see naming.md "Templates"
 */
export function knownFolder(path: string): string | undefined {
  const at = path.indexOf(unknown)
  if (at === -1) return path
  const end = path.lastIndexOf('/', at)
  const folder = end === -1 ? '' : path.slice(0, end + 1)
  return folder === '' || /^[a-z][a-z0-9+.-]*:\/{1,2}$/i.test(folder) ? undefined : folder
}

/**
 * A path or name for people, with a question mark for what is unknown. What does not look like one is
 * not shown: it may be anything, a secret too.
 */
export function shown(path: string): string {
  const text = path.replaceAll(unknown, '?')
  return /^[\w?./:@%+~-]{1,300}$/.test(text) && !text.startsWith('-') ? text : 'a text'
}
