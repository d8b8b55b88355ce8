/** The beginnings of templates in prefixes and keys: of IoT, of Firehose, and dates in words. */
const template = /\$\{|!\{|(?:^|\/)(?:yyyy|year=!|YYYY)/

/**
 * The folder that a prefix or key surely has, for all that a template puts in it: what stands before
 * the first template ends at the last slash. A prefix without one stays as it is; `/` is the bucket.
 *
 * @see naming.md "Templates"
 */
export function folderOfTemplate(prefix: string): string {
  const at = prefix.search(template)
  if (at === -1) return prefix === '' ? '/' : prefix
  const fixed = prefix.slice(0, at)
  const folder = fixed.slice(0, fixed.lastIndexOf('/') + 1)
  return folder === '' ? '/' : folder
}

/** The folder of an object's key, which may be a template. */
export function folderOfKey(key: string): string {
  const fixed = folderOfTemplate(key)
  if (fixed === '/' || fixed.endsWith('/')) return fixed
  const folder = fixed.slice(0, fixed.lastIndexOf('/') + 1)
  return folder === '' ? '/' : folder
}
