import type { ErrorCode } from '../errors.ts'
import type { VerifyProgress, VerifyResult } from './port.ts'
import type { VerifyTerms } from './verify-file.ts'
import type { Remembered } from './verify-said.ts'
import { Worker } from 'node:worker_threads'
import { LinewardError } from '../errors.ts'

/** What the thread is to do, and what it says of it. */
export type VerifyOrder = Readonly<{ file: string; remembered: Remembered | undefined }>
export type VerifyReport = Readonly<
  | { progress: VerifyProgress }
  | { result: VerifyResult }
  | { failure: { code: ErrorCode; message: string; details: Readonly<Record<string, unknown>> } }
>

/**
 * Re-reads a ledger file to its last byte, on a thread of its own: every block, what index and
 * checkpoints say of them, then the pages of the file. Nothing is written, and nobody has to stop: of
 * a file that is being written it sees one moment. What does not hold is in the result; an older
 * ledger put in the place of this one holds, unless `remembered` says more.
 *
 * @throws LinewardError LEDGER_BROKEN when the file cannot even be opened, STORE_BEHIND or
 * STORE_AHEAD when it is of another version, STORE_UNAVAILABLE when it is not there.
 */
export async function verifyLedger(file: string, terms: VerifyTerms = {}): Promise<VerifyResult> {
  const order: VerifyOrder = { file, remembered: terms.remembered }
  const thread = new Worker(new URL('./verify-thread.ts', import.meta.url), { workerData: order })
  try {
    return await new Promise((resolve, reject) => {
      thread.on('message', (report: VerifyReport) => {
        if ('progress' in report) terms.onProgress?.(report.progress)
        else if ('result' in report) resolve(report.result)
        else reject(errorOf(report.failure))
      })
      thread.on('error', reject)
      thread.on('exit', () =>
        reject(new LinewardError('INTERNAL', 'Verifying ended without a word')),
      )
    })
  } finally {
    await thread.terminate()
  }
}

function errorOf({
  code,
  message,
  details,
}: Extract<VerifyReport, { failure: unknown }>['failure']) {
  return new LinewardError(code, message, { details })
}
