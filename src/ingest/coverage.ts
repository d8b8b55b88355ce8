import type { Translator, Unread } from './translator.ts'
import { irrelevantCalls } from './cloudtrail/irrelevant.ts'
import { keptCalls } from './cloudtrail/kept.ts'
import { callTranslators } from './cloudtrail/translators.ts'
import { irrelevantEvents } from './eventbridge/irrelevant.ts'
import { keptEvents } from './eventbridge/kept.ts'
import { accessesGive } from './s3/access-calls.ts'
import { nativeTranslators } from './eventbridge/translators.ts'
import { redshiftLogsGive } from './redshift/format.ts'

/** What is read of one transport, what is kept unread and what is only counted, each with why. */
export type Coverage = Readonly<{
  read: Readonly<Record<string, Pick<Translator<never>, 'gives' | 'proof'>>>
  kept: readonly Unread[]
  irrelevant: readonly Unread[]
}>

/** @internal open for the page that is written from it: all that is known of events of AWS */
export const coverage: Readonly<Record<'calls' | 'events', Coverage>> = {
  calls: {
    read: { ...callTranslators, ...accessesGive },
    kept: keptCalls,
    irrelevant: irrelevantCalls,
  },
  events: { read: nativeTranslators, kept: keptEvents, irrelevant: irrelevantEvents },
}

/** @internal open for the same page: what each log that is text gives */
export const logsGive = redshiftLogsGive
