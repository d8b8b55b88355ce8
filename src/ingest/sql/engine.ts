import type { SqlDialect } from './dialect.ts'
import type { Analysis } from './query/analyse.ts'
import { MessageChannel, Worker, receiveMessageOnPort } from 'node:worker_threads'

/** `statement` is to be printed as the parser prints it, `query` to be analysed. */
export type Asked = Readonly<{ statement?: string; query?: string; dialect: SqlDialect }>

/** What has no value did not parse. */
export type Told = Readonly<{
  printed?: string
  analysis?: Analysis
  isBroken?: boolean
  reason?: string
}>

/**
 * Longest wait for one statement. What is within the bounds of length and nesting takes
 * milliseconds; this is for what nobody thought of, so that a statement cannot stop the service.
 */
const waitMs = 60_000
const answersKept = 512

/** So many in a row are no matter of what they were asked: the parser is not there. */
const silentMax = 5

/** A tree that does not fit ends the thread, and the statement is one that does not parse. */
const limits = { stackSizeMb: 16, maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 128 }

/**
 * Asks the parser, in a thread of its own that starts with the first question: it is 23 MB of
 * WebAssembly that loads asynchronously, and translation is synchronous. The thread that asks waits.
 * One that does not answer in time, or that broke, is ended, and the next question starts another.
 */
class Engine {
  #thread: Thread | undefined
  /** How many threads in a row never answered. */
  #silent = 0
  /** A client repeats its statements: the last ones are kept. */
  readonly #kept = new Map<string, Told>()

  ask(asked: Asked): Told {
    const key = JSON.stringify([asked.dialect, asked.statement, asked.query])
    const known = this.#kept.get(key)
    if (known !== undefined) {
      this.#kept.delete(key)
      this.#kept.set(key, known)
      return known
    }
    if (this.#silent >= silentMax) throw new Error('The parser of SQL does not start')
    this.#thread ??= new Thread()
    const answer = this.#thread.ask(asked)
    this.#silent = answer === undefined ? this.#silent + 1 : 0
    const told = answer ?? { isBroken: true, reason: 'no answer' }
    if (told.isBroken === true) {
      this.#thread.end()
      this.#thread = undefined
    }
    this.#kept.set(key, told)
    const [oldest] = this.#kept.keys()
    if (this.#kept.size > answersKept && oldest !== undefined) this.#kept.delete(oldest)
    return told
  }
}

class Thread {
  readonly #worker: Worker
  readonly #channel = new MessageChannel()
  readonly #answers = new Int32Array(new SharedArrayBuffer(4))

  constructor() {
    const { port1, port2 } = this.#channel
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: { port: port2, answers: this.#answers.buffer },
      transferList: [port2],
      execArgv: [],
      env: {},
      resourceLimits: limits,
    })
    // It never keeps a process alive. That it ended is seen when it does not answer.
    this.#worker.unref()
    this.#worker.on('error', () => {})
    port1.unref()
  }

  /** Undefined when there was no answer in time. */
  ask(asked: Asked): Told | undefined {
    const before = Atomics.load(this.#answers, 0)
    this.#channel.port1.postMessage(asked)
    if (Atomics.wait(this.#answers, 0, before, waitMs) === 'timed-out') return undefined
    const received = receiveMessageOnPort(this.#channel.port1) as { message: Told } | undefined
    return received?.message
  }

  end(): void {
    void this.#worker.terminate()
  }
}

const engine = new Engine()

/**
 * What the parser says of a statement and of a query; the same answer each time.
 *
 * @throws Error when it cannot be started at all: that is no matter of the statement.
 */
export function askParser(asked: Asked): Told {
  return engine.ask(asked)
}
