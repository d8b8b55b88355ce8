/** Texts of files by path: `./run.sh` and `run.sh` are one. */
export class Texts {
  readonly #texts = new Map<string, string>()

  constructor(texts: Readonly<Record<string, string>> = {}) {
    for (const [path, text] of Object.entries(texts)) this.set(path, text)
  }

  get(path: string): string | undefined {
    return this.#texts.get(keyOf(path))
  }

  has(path: string): boolean {
    return this.#texts.has(keyOf(path))
  }

  set(path: string, text: string): void {
    this.#texts.set(keyOf(path), text)
  }

  /** From here on the file holds what nobody can tell. */
  forget(path: string): void {
    this.#texts.delete(keyOf(path))
  }
}

function keyOf(path: string): string {
  return path.replace(/^(?:\.\/+)+/, '')
}
