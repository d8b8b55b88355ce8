import type { MessagePort } from 'node:worker_threads'
import type { Asked, Told } from './engine.ts'
import { createRequire } from 'node:module'
import { workerData } from 'node:worker_threads'
import { traitsOf } from './dialect.ts'
import { analyse } from './query/analyse.ts'

/**
 * The thread in which statements are parsed. Each message is `Asked`, and each answer `Told` and one
 * more in the shared number, for which the asking thread waits.
 */
type Parser = Readonly<{
  init: () => Promise<void>
  parse: (sql: string, dialect: string) => Readonly<{ success: boolean; ast?: unknown }>
  generate: (
    ast: unknown,
    dialect: string,
  ) => Readonly<{ success: boolean; sql?: readonly string[] }>
}>

const { port, answers } = workerData as Readonly<{ port: MessagePort; answers: SharedArrayBuffer }>
const counter = new Int32Array(answers)
// The same parser as a module waits for its WebAssembly at every import, also where none is needed.
const parser = createRequire(import.meta.url)('@polyglot-sql/sdk') as Parser
await parser.init()

port.on('message', (asked: Asked) => {
  port.postMessage(told(asked))
  Atomics.add(counter, 0, 1)
  Atomics.notify(counter, 0)
})

function told({ statement, query, dialect }: Asked): Told {
  const traits = traitsOf(dialect)
  try {
    const whole = statement === undefined ? undefined : treeOf(statement, traits.parser)
    const printed = whole === undefined ? undefined : parser.generate(whole, traits.parser)
    const tree = query === undefined ? undefined : treeOf(query, traits.parser)?.[0]
    return {
      ...(printed?.success === true && printed.sql?.length === 1
        ? { printed: printed.sql[0] }
        : {}),
      ...(tree === undefined ? {} : { analysis: analyse(tree, traits) }),
    }
  } catch (failure) {
    // What ran out of its stack may have left the parser's memory in any state.
    return { isBroken: true, reason: failure instanceof Error ? failure.name : 'thrown' }
  }
}

function treeOf(text: string, dialect: string): readonly unknown[] | undefined {
  const { success, ast } = parser.parse(text, dialect)
  return success && Array.isArray(ast) && ast.length === 1 ? ast : undefined
}
