import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export type Name = readonly [namespace: string, name: string]
export type Part = readonly [namespace: string, name: string, column?: string]

export type PhiMutation = Readonly<
  | { assertLabel: { of: Part; label: string } }
  | { withdrawLabel: { of: Part; label: string } }
  | { assertStatus: { of: Name; status: string } }
  | {
      defineBoundary: {
        name: string
        zone: string
        selectors: readonly Readonly<Record<string, string>>[]
      }
    }
  | {
      certify: {
        job: Name
        outputs: readonly Name[]
        method: string
        validFrom: string
        expires: string
      }
    }
  | { approveLast: object }
>

export type PhiExpectation = Readonly<
  | {
      labels: { of: Part; asOf: string | null }
      has: readonly string[]
      hasNot: readonly string[]
    }
  | { status: Name; asOf: string | null; is: string; enforced?: string }
  | { statusIsNot: Name; not: readonly string[] }
  | { placement: Name; zone: string; boundary: string }
  | {
      findings: { kinds: readonly string[]; statuses: readonly string[] }
      are?: readonly (readonly Name[])[]
      atLeast?: number
    }
>

/** What `phi.md` means, by example: mutations come after the events, in their order. */
export type PhiVector = Readonly<{
  id: string
  rule: string
  events: readonly object[]
  mutations: readonly PhiMutation[]
  expect: readonly PhiExpectation[]
}>

const folder = join(import.meta.dirname, '../vectors')

export function phiVectors(): readonly PhiVector[] {
  return readdirSync(folder)
    .filter((file) => /^phi-.*\.json$/.test(file))
    .toSorted()
    .map((file) => {
      const vector = JSON.parse(readFileSync(join(folder, file), 'utf8')) as PhiVector
      return { ...vector, mutations: vector.mutations ?? [] }
    })
}
