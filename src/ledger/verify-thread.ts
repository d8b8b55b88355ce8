import type { VerifyProgress } from './port.ts'
import type { VerifyOrder, VerifyReport } from './verify-ledger.ts'
import { parentPort, workerData } from 'node:worker_threads'
import { LinewardError } from '../errors.ts'
import { verifyFile } from './verify-file.ts'

// What `verifyLedger` starts.
const { file, remembered } = workerData as VerifyOrder

try {
  const onProgress = (progress: VerifyProgress): void => report({ progress })
  report({ result: verifyFile(file, { remembered, onProgress }) })
} catch (error) {
  // Only data crosses to the other thread. What is no failure of ours ends this one, loudly.
  if (!(error instanceof LinewardError)) throw error
  report({ failure: { code: error.code, message: error.message, details: error.details } })
}

function report(message: VerifyReport): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origins
  parentPort?.postMessage(message)
}
