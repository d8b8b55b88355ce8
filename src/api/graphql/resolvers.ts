import type { IResolvers } from 'mercurius'
import { scalars } from './scalars.ts'
import { accessResolvers } from './types/access.ts'
import { columnFlowResolvers } from './types/column-flow.ts'
import { columnResolvers, schemaVersionResolvers } from './types/column.ts'
import { datasetNameResolvers } from './types/dataset-name.ts'
import { datasetResolvers } from './types/dataset.ts'
import { deadLetterResolvers } from './types/dead-letter.ts'
import { decisionResolvers } from './types/decisions.ts'
import { entryResolvers } from './types/entries.ts'
import { evidenceResolvers } from './types/evidence.ts'
import { flowResolvers } from './types/flow.ts'
import { intakeResolvers, sourceStatusResolvers } from './types/intake.ts'
import { jobResolvers } from './types/job.ts'
import { ledgerResolvers } from './types/ledger.ts'
import { lineageResolvers } from './types/lineage.ts'
import { meetingResolvers } from './types/meeting.ts'
import { principalResolvers } from './types/principal.ts'
import { queryResolvers } from './types/query.ts'
import { runDatasetResolvers, runResolvers } from './types/run.ts'

/** Every resolver, by type and field. A field without one is a property of what is above it. */
export const resolvers: IResolvers = {
  ...scalars,
  ...accessResolvers,
  ...columnFlowResolvers,
  ...columnResolvers,
  ...datasetNameResolvers,
  ...datasetResolvers,
  ...deadLetterResolvers,
  ...evidenceResolvers,
  ...flowResolvers,
  ...intakeResolvers,
  ...jobResolvers,
  ...ledgerResolvers,
  ...meetingResolvers,
  ...principalResolvers,
  ...runDatasetResolvers,
  ...runResolvers,
  ...schemaVersionResolvers,
  ...sourceStatusResolvers,
  Mutation: { ...decisionResolvers.Mutation, ...entryResolvers.Mutation },
  Query: {
    ...queryResolvers.Query,
    ...accessResolvers.Query,
    ...lineageResolvers.Query,
    ...principalResolvers.Query,
  },
}
