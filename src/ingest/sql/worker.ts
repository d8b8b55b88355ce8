import type { MessagePort } from 'node:worker_threads'
import type { Asked, Told } from './engine.ts'
import { workerData } from 'node:worker_threads'
import { Dialect, generate, parse } from '@polyglot-sql/sdk'
import { traitsOf } from './dialect.ts'
import { analyse } from './query/analyse.ts'
import { TooLargeError } from './query/scope.ts'

const { port, answers } = workerData as Readonly<{ port: MessagePort; answers: SharedArrayBuffer }>
const counter = new Int32Array(answers)

/**
 * The thread in which statements are parsed: it alone imports the parser, which waits there for its
 * WebAssembly. Each message is `Asked`, each answer `Told` and one more in the shared number, for which
 * the asking thread waits.
 */
port.on('message', (asked: Asked) => {
  port.postMessage(told(asked))
  Atomics.add(counter, 0, 1)
  Atomics.notify(counter, 0)
})

function told({ statement, query, dialect }: Asked): Told {
  const traits = traitsOf(dialect)
  try {
    const whole = statement === undefined ? undefined : treeOf(statement, Dialect[traits.parser])
    const printed = whole === undefined ? undefined : generate(whole, Dialect[traits.parser])
    const tree = query === undefined ? undefined : treeOf(query, Dialect[traits.parser])?.[0]
    return {
      ...(printed?.success === true && printed.sql?.length === 1
        ? { printed: printed.sql[0] }
        : {}),
      ...(tree === undefined ? {} : { analysis: analyse(tree, traits) }),
    }
  } catch (failure) {
    if (failure instanceof TooLargeError) return {}
    // What ran out of its stack may have left the parser's memory in any state.
    return { isBroken: true, reason: failure instanceof Error ? failure.name : 'thrown' }
  }
}

function treeOf(text: string, dialect: Dialect): readonly unknown[] | undefined {
  const { success, ast } = parse(text, dialect)
  return success && Array.isArray(ast) && ast.length === 1 ? ast : undefined
}
