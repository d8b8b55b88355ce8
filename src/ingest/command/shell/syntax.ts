import type { HereDocument } from './lex.ts'
import type { Word } from './word.ts'

export type Redirect = Readonly<{
  descriptor: string
  operator: string
  target: Word | undefined
  here: HereDocument | undefined
}>

/** A command as the shell would run it. */
export type Command = Readonly<
  | { kind: 'simple'; words: readonly Word[]; redirects: readonly Redirect[] }
  /** Commands joined by pipes: the output of each is the input of the next. */
  | { kind: 'pipeline'; commands: readonly Command[] }
  /** Commands joined by `&&` and `||`: each but the first may not be run. */
  | { kind: 'chain'; first: Command; rest: readonly Readonly<{ or: boolean; command: Command }>[] }
  | {
      kind: 'group'
      body: readonly Command[]
      subshell: boolean
      redirects: readonly Redirect[]
    }
  /** `for`; words of undefined are the arguments. */
  | {
      kind: 'each'
      name: string
      words: readonly Word[] | undefined
      body: readonly Command[]
      redirects: readonly Redirect[]
    }
  | {
      kind: 'repeat'
      condition: readonly Command[]
      body: readonly Command[]
      redirects: readonly Redirect[]
    }
  /** `if` and `case`: of the branches one or none is run. */
  | {
      kind: 'choice'
      conditions: readonly Command[]
      branches: readonly (readonly Command[])[]
      redirects: readonly Redirect[]
    }
  | { kind: 'function'; name: string; body: Command }
>
