import type { IResolvers } from 'mercurius'
import { scalars } from './scalars.ts'
import { accessResolvers } from './types/access.ts'
import { boundaryStatementResolvers } from './types/boundary-statements.ts'
import { boundaryResolvers } from './types/boundary.ts'
import { certificateStatementResolvers } from './types/certificate-statements.ts'
import { certificateResolvers } from './types/certificate.ts'
import { columnFlowResolvers } from './types/column-flow.ts'
import { columnResolvers, schemaVersionResolvers } from './types/column.ts'
import { completenessResolvers } from './types/completeness.ts'
import { datasetNameResolvers } from './types/dataset-name.ts'
import { datasetResolvers } from './types/dataset.ts'
import { deadLetterResolvers } from './types/dead-letter.ts'
import { decisionResolvers } from './types/decisions.ts'
import { entryResolvers } from './types/entries.ts'
import { evidenceResolvers } from './types/evidence.ts'
import { explanationResolvers } from './types/explanation.ts'
import { findingStatementResolvers } from './types/finding-statements.ts'
import { findingResolvers } from './types/finding.ts'
import { flowResolvers } from './types/flow.ts'
import { footprintResolvers } from './types/footprint.ts'
import { intakeResolvers, sourceStatusResolvers } from './types/intake.ts'
import { jobResolvers } from './types/job.ts'
import { labelStatementResolvers } from './types/label-statements.ts'
import { labelResolvers } from './types/label.ts'
import { ledgerResolvers } from './types/ledger.ts'
import { lineageResolvers } from './types/lineage.ts'
import { meetingResolvers } from './types/meeting.ts'
import { previewResolvers } from './types/preview.ts'
import { principalResolvers } from './types/principal.ts'
import { queryResolvers } from './types/query.ts'
import { runDatasetResolvers, runResolvers } from './types/run.ts'

/** Every resolver, by type and field. A field without one is a property of what is above it. */
export const resolvers: IResolvers = {
  ...scalars,
  ...accessResolvers,
  ...boundaryResolvers,
  ...certificateResolvers,
  ...columnFlowResolvers,
  ...columnResolvers,
  ...completenessResolvers,
  ...datasetNameResolvers,
  ...datasetResolvers,
  ...deadLetterResolvers,
  ...evidenceResolvers,
  ...findingResolvers,
  ...flowResolvers,
  ...footprintResolvers,
  ...intakeResolvers,
  ...jobResolvers,
  ...labelResolvers,
  ...ledgerResolvers,
  ...meetingResolvers,
  ...principalResolvers,
  ...runDatasetResolvers,
  ...runResolvers,
  ...schemaVersionResolvers,
  ...sourceStatusResolvers,
  Mutation: {
    ...decisionResolvers.Mutation,
    ...entryResolvers.Mutation,
    ...labelStatementResolvers.Mutation,
    ...boundaryStatementResolvers.Mutation,
    ...certificateStatementResolvers.Mutation,
    ...findingStatementResolvers.Mutation,
  },
  Query: {
    ...queryResolvers.Query,
    ...accessResolvers.Query,
    ...lineageResolvers.Query,
    ...principalResolvers.Query,
    ...boundaryResolvers.Query,
    ...certificateResolvers.Query,
    ...explanationResolvers.Query,
    ...findingResolvers.Query,
    ...footprintResolvers.Query,
    ...previewResolvers.Query,
  },
}
