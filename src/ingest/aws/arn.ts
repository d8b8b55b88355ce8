import type { Spelling } from '../../model/index.ts'

/** Where a thing of AWS is: what a bare name means. */
export type Where = Readonly<{ partition: string; region: string; account: string }>

const arnPattern = /^(arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:\d*):(.+)$/s

/** A name as `naming.md` splits an ARN: all before the resource, and the resource. */
export function spellingOfArn(arn: string): Spelling | undefined {
  const [, namespace, name] = arnPattern.exec(arn) ?? []
  return namespace === undefined || name === undefined ? undefined : { namespace, name }
}

/** The namespace of a service's things at a place. */
export function namespaceIn(where: Where, service: string): string {
  return `arn:${where.partition}:${service}:${where.region}:${where.account}`
}

/** The bucket of an ARN of S3, of the bucket or of an object in it. */
export function bucketOfArn(arn: string): string | undefined {
  return /^arn:aws[a-z-]*:s3:::([^/]+)/.exec(arn)?.[1]
}

const partitions: readonly (readonly [region: string, partition: string])[] = [
  ['us-gov-', 'aws-us-gov'],
  ['cn-', 'aws-cn'],
  ['us-iso-', 'aws-iso'],
  ['us-isob-', 'aws-iso-b'],
  ['eu-isoe-', 'aws-iso-e'],
  ['us-isof-', 'aws-iso-f'],
  ['eusc-', 'aws-eusc'],
]

/** The partition that the ARNs of a region begin with. */
export function partitionOf(region: string): string {
  return partitions.find(([beginning]) => region.startsWith(beginning))?.[1] ?? 'aws'
}
