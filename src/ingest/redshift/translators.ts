import type { CloudTrailEvent } from '../cloudtrail/event.ts'
import type { NativeEvent } from '../eventbridge/event.ts'
import type { Translators } from '../translator.ts'
import { executeStatement, statementChanged } from './data-api.ts'

const hidden = 'the run of the statement, and that its SQL is hidden'

export const redshiftCalls: Translators<CloudTrailEvent> = {
  'redshift-data:BatchExecuteStatement': {
    gives: hidden,
    proof: 'documentation',
    translate: executeStatement,
  },
  'redshift-data:ExecuteStatement': {
    gives: hidden,
    proof: 'documentation',
    translate: executeStatement,
  },
}

export const redshiftEvents: Translators<NativeEvent> = {
  'aws.redshift-data Redshift Data Statement Status Change': {
    gives: 'how far the run of the statement is',
    proof: 'documentation',
    translate: statementChanged,
  },
}
