import type { Unread } from '../translator.ts'

/** Events of services' own that no translator reads, of systems that are read: kept for a later one. */
export const keptEvents: readonly Unread[] = [
  {
    source: 'aws.emr',
    names: [
      'EMR Instance Group State Change',
      'EMR Instance Fleet State Change',
      'EMR Auto Scaling Policy State Change',
      'EMR Configuration Error',
    ],
    why: 'is about machines, and names no step',
  },
  {
    source: 'aws.emr-serverless',
    names: [
      'EMR Serverless Application State Change',
      'EMR Serverless Job Run Retry',
      'EMR Serverless Job Resource Utilization Update',
    ],
    why: 'is about capacity, and tells no outcome of a run',
  },
  {
    source: 'aws.glue-dataquality',
    names: ['Data Quality Evaluation Results Available'],
    why: 'tells how good data is, and not where it went',
  },
  {
    source: 'aws.s3',
    names: ['Object *'],
    why: 'names an object and no principal: CloudTrail tells who read or wrote it',
  },
]
