/** The rows of a tree of routes, in which each line goes on where the one above it ends. */
export function routesIn(tree: string): readonly string[] {
  const parts: string[] = []
  return tree.split('\n').flatMap((line) => {
    const at = line.indexOf('── ')
    if (at === -1) return []
    const depth = (at - 1) / 4
    const [part = '', methods = ''] = line.slice(at + 3).split(/ \(|\)/)
    parts.splice(depth, parts.length, part)
    return methods
      .split(', ')
      .filter((method) => method !== '' && method !== 'HEAD')
      .map((method) => `${method} ${parts.join('')}`)
  })
}
