import type { CloudTrailEvent } from '../cloudtrail/event.ts'
import type { NativeEvent } from '../eventbridge/event.ts'
import type { Translators } from '../translator.ts'
import { addJobFlowSteps } from './add-job-flow-steps.ts'
import { runJobFlow } from './run-job-flow.ts'
import { createApplication, serverlessRunChanged, startServerlessJobRun } from './serverless.ts'
import { emrClusterChanged, emrStepChanged } from './state-change.ts'

const asked =
  'nothing: an end that is asked for is no state, and the state change tells what came of it'

export const emrCalls: Translators<CloudTrailEvent> = {
  'elasticmapreduce:AddJobFlowSteps': {
    gives: 'each step as a run: what its command line reads and writes, or that it is hidden',
    proof: 'inferred',
    translate: addJobFlowSteps,
  },
  'elasticmapreduce:CancelSteps': {
    gives: asked,
    proof: 'inferred',
    translate: () => [],
    asksOnly: true,
  },
  'elasticmapreduce:RunJobFlow': {
    gives:
      'the cluster, and each step as a job: what its command line reads and writes, or that it is hidden',
    proof: 'record',
    translate: runJobFlow,
  },
  'elasticmapreduce:TerminateJobFlows': {
    gives: asked,
    proof: 'inferred',
    translate: () => [],
    asksOnly: true,
  },
  'emr-serverless:CreateApplication': {
    gives: 'the application, by its name and its id',
    proof: 'documentation',
    translate: createApplication,
  },
  'emr-serverless:StartJobRun': {
    gives: 'the run: what its job reads and writes where that is not hidden, which it mostly is',
    proof: 'inferred',
    translate: startServerlessJobRun,
  },
}

export const emrEvents: Translators<NativeEvent> = {
  'aws.emr EMR Cluster State Change': {
    gives: 'how far the cluster is, under its name',
    proof: 'documentation',
    translate: emrClusterChanged,
  },
  'aws.emr EMR Step Status Change': {
    gives: 'how far the step is, under the names of cluster and step',
    proof: 'documentation',
    translate: emrStepChanged,
  },
  'aws.emr-serverless EMR Serverless Job Run State Change': {
    gives: 'how far the run is',
    proof: 'documentation',
    translate: serverlessRunChanged,
  },
}
