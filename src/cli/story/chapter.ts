import type { Ledger } from '../../ledger/index.ts'
import { fieldsIn, textIn } from '../lineage-answer.ts'
import { printable } from '../terminal.ts'

export type Fields = Readonly<Record<string, unknown>>

/** What a story is told from: questions in GraphQL, over HTTP, and the ledger to be verified. */
export type Teller = Readonly<{
  ask: (query: string, variables: Fields) => Promise<Fields>
  /** The same, by another person. */
  secondPerson: (query: string, variables: Fields) => Promise<Fields>
  ledger: Pick<Ledger, 'head' | 'read' | 'verify'>
}>

/** A part of the story: what was asked, and what came back, in sentences made from the answers. */
export type Chapter = Readonly<{
  title: string
  tell: (teller: Teller) => Promise<readonly string[]>
}>

export type Name = Readonly<{ namespace: string; name: string; column?: string }>

/** `3 datasets`, `1 dataset`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`
}

/** A name as a sentence has it: the last part of where it is, then what it is. */
export function short({ namespace, name }: Readonly<{ namespace: string; name: string }>): string {
  const [arn, , service] = namespace.split(':')
  const host = namespace.replace(/^\w+:\/\//, '').replace(/[.:].*$/, '')
  const place = arn === 'arn' && service !== undefined ? service : host
  return printable(`${name} (${place})`)
}

/** The name of a dataset as an answer gives it. */
export function named(dataset: Fields): Name {
  return { namespace: textIn(dataset, 'namespace'), name: textIn(dataset, 'name') }
}

/** The name of the job of a flow as an answer gives it. */
export function jobName(flow: Fields): string {
  return textIn(fieldsIn(flow, 'job'), 'name')
}

/** A time as a sentence has it, to the minute. */
export function moment(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 16)}`
}

export function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
