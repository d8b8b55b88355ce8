import type { Lexed } from './lex.ts'
import type { Command, Redirect } from './syntax.ts'
import type { Word } from './word.ts'
import { TokenCursor } from './token-cursor.ts'
import { plainText } from './word.ts'

export type Script = Readonly<{ commands: readonly Command[]; broken: boolean }>

/** Deeper nesting than this is not read. */
const depthMax = 64

/**
 * The commands of a shell's text by its tokens. Never throws: what fits no rule is passed over, and
 * `broken` says so.
 *
 * @see POSIX.1-2017, Shell Command Language 2.10
 */
export function parseScript({ tokens, broken }: Lexed): Script {
  const parser = new Parser(tokens)
  const commands: Command[] = []
  while (!parser.ended) {
    commands.push(...parser.list())
    parser.skip()
  }
  return { commands, broken: broken || parser.broken }
}

class Parser extends TokenCursor {
  #depth = 0

  /** Commands up to what closes them, which is left. */
  list(): Command[] {
    const commands: Command[] = []
    for (;;) {
      while (this.operatorIn('\n', ';', '&')) this.index += 1
      const isOver = this.ended || this.operatorIn(')', ';;', ';&', ';;&') || this.closes()
      if (isOver) return commands
      const before = this.index
      const command = this.#chain()
      if (command !== undefined) commands.push(command)
      if (this.index === before) this.skip()
    }
  }

  #chain(): Command | undefined {
    const first = this.#pipeline()
    const rest: { or: boolean; command: Command }[] = []
    while (this.operatorIn('&&', '||')) {
      const or = this.operatorIn('||')
      this.index += 1
      this.newlines()
      const command = this.#pipeline()
      if (command !== undefined) rest.push({ or, command })
    }
    if (first === undefined || rest.length === 0) return first ?? rest[0]?.command
    return { kind: 'chain', first, rest }
  }

  #pipeline(): Command | undefined {
    while (this.wordIs('!')) this.index += 1
    const commands: Command[] = []
    for (;;) {
      const command = this.#command()
      if (command !== undefined) commands.push(command)
      if (!this.operatorIn('|', '|&')) break
      this.index += 1
      this.newlines()
    }
    const [only] = commands
    return commands.length > 1 ? { kind: 'pipeline', commands } : only
  }

  #command(): Command | undefined {
    if (this.#depth >= depthMax) {
      this.broken = true
      this.index = this.tokens.length
      return undefined
    }
    this.#depth += 1
    const command = this.#compound() ?? this.#simple()
    this.#depth -= 1
    return command
  }

  #compound(): Command | undefined {
    if (this.operatorIn('(')) return this.#parenthesis()
    switch (plainText(this.word())) {
      case '{':
        this.index += 1
        return this.#group(false)
      case 'if':
        return this.#if()
      case 'while':
      case 'until':
        return this.#while()
      case 'for':
      case 'select':
        return this.#for()
      case 'case':
        return this.#case()
      case 'function':
        this.index += 1
        return this.#function()
      default:
        return this.operatorIn('(', 1) && this.operatorIn(')', 2) ? this.#function() : undefined
    }
  }

  #group(subshell: boolean): Command {
    const body = this.list()
    if (subshell) this.expectOperator(')')
    else this.expectWord('}')
    return { kind: 'group', body, subshell, redirects: this.#redirects() }
  }

  /** `( )`, and `(( ))`, in which nothing is run. */
  #parenthesis(): Command {
    this.index += 1
    if (!this.operatorIn('(')) return this.#group(true)
    let open = 1
    while (!this.ended && open > 0) {
      if (this.operatorIn('(')) open += 1
      if (this.operatorIn(')')) open -= 1
      this.index += 1
    }
    return { kind: 'group', body: [], subshell: true, redirects: this.#redirects() }
  }

  #if(): Command {
    const conditions: Command[] = []
    const branches: Command[][] = []
    while (this.takeWord('if') || this.takeWord('elif')) {
      conditions.push(...this.list())
      this.expectWord('then')
      branches.push(this.list())
    }
    if (this.takeWord('else')) branches.push(this.list())
    this.expectWord('fi')
    return { kind: 'choice', conditions, branches, redirects: this.#redirects() }
  }

  #while(): Command {
    this.index += 1
    const condition = this.list()
    const body = this.#doBody()
    return { kind: 'repeat', condition, body, redirects: this.#redirects() }
  }

  #for(): Command {
    this.index += 1
    if (this.operatorIn('(')) {
      this.#parenthesis()
      if (this.operatorIn(';')) this.index += 1
      this.newlines()
      return { kind: 'repeat', condition: [], body: this.#doBody(), redirects: this.#redirects() }
    }
    const name = plainText(this.word()) ?? ''
    this.index += 1
    this.newlines()
    const words = this.takeWord('in') ? this.#words() : undefined
    while (this.operatorIn('\n', ';')) this.index += 1
    return { kind: 'each', name, words, body: this.#doBody(), redirects: this.#redirects() }
  }

  #doBody(): Command[] {
    while (this.operatorIn('\n', ';')) this.index += 1
    if (this.takeWord('{')) {
      const body = this.list()
      this.expectWord('}')
      return body
    }
    this.expectWord('do')
    const body = this.list()
    this.expectWord('done')
    return body
  }

  #case(): Command {
    this.index += 2
    this.newlines()
    this.expectWord('in')
    const branches: Command[][] = []
    for (;;) {
      while (this.operatorIn('\n', ';;', ';&', ';;&')) this.index += 1
      if (this.ended || this.takeWord('esac')) break
      while (!this.ended && !this.operatorIn(')')) this.index += 1
      this.index += 1
      branches.push(this.list())
      if (!this.ended && !this.operatorIn(';;', ';&', ';;&') && !this.wordIs('esac')) this.skip()
    }
    return { kind: 'choice', conditions: [], branches, redirects: this.#redirects() }
  }

  #function(): Command | undefined {
    const name = plainText(this.word()) ?? ''
    this.index += 1
    if (this.operatorIn('(') && this.operatorIn(')', 1)) this.index += 2
    this.newlines()
    const body = this.#command()
    return body === undefined ? undefined : { kind: 'function', name, body }
  }

  #simple(): Command | undefined {
    const words: Word[] = []
    const redirects: Redirect[] = []
    const isTest = plainText(this.word()) === '[['
    while (!this.ended) {
      const token = this.tokens[this.index]
      if (token?.kind === 'redirect') {
        redirects.push(...this.#redirects())
      } else if (token?.kind === 'word') {
        words.push(token.word)
        this.index += 1
        if (isTest && plainText(token.word) === ']]') break
      } else if (isTest) {
        this.index += 1
      } else {
        break
      }
    }
    const isNothing = words.length === 0 && redirects.length === 0
    return isNothing ? undefined : { kind: 'simple', words, redirects }
  }

  #redirects(): Redirect[] {
    const redirects: Redirect[] = []
    for (;;) {
      const token = this.tokens[this.index]
      if (token?.kind !== 'redirect') return redirects
      this.index += 1
      const { descriptor, operator, here } = token
      const target = here === undefined ? this.word() : undefined
      if (target !== undefined) this.index += 1
      redirects.push({ descriptor, operator, target, here })
    }
  }

  #words(): Word[] {
    const words: Word[] = []
    for (let word = this.word(); word !== undefined; word = this.word()) {
      words.push(word)
      this.index += 1
    }
    return words
  }
}
