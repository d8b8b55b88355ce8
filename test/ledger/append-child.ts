import { openLedger } from '../../src/ledger/index.ts'
import { draft } from './draft.ts'

/*
 * Appends until it is killed: `append-child.ts FILE FIRST CALLERS`. Events are called by numbers from
 * FIRST on. CALLERS callers at once hand in one to forty each, every third call with one that was
 * handed in before. A line for each call when it begins (`started`) and when it holds
 * (`acknowledged`), with the numbers in it.
 */
const [file = '', first = '0', callers = '1'] = process.argv.slice(2)
const ledger = await openLedger({ file })
let next = Number(first)

await Promise.all(Array.from({ length: Number(callers) }, appendOnAndOn))

async function appendOnAndOn(): Promise<never> {
  for (let call = 0; ; call += 1) {
    const numbers = Array.from({ length: 1 + ((next + call * 7) % 40) }, () => next++)
    const again = call % 3 === 2 ? numbers.slice(0, 1).map((number) => number - 1) : []
    print({ started: numbers })
    await ledger.append([...again, ...numbers].map((number) => draft(String(number))))
    print({ acknowledged: numbers })
  }
}

function print(line: Readonly<Record<string, readonly number[]>>): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}
