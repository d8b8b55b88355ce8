import type { DatasetName, JobName, Whereabouts } from '../../model/index.ts'
import { whereaboutsOf } from '../../model/index.ts'

/** What can have a place. Tags are `key` or `key:value`, as a dataset has them. */
export type Subject = DatasetSubject | JobSubject | PrincipalSubject
export type DatasetSubject = Readonly<{
  kind: 'dataset'
  names: readonly DatasetName[]
  tags: readonly string[]
}>
export type JobSubject = Readonly<{ kind: 'job'; name: JobName; tags?: readonly string[] }>
/** By its id, as `naming.md` writes it. */
export type PrincipalSubject = Readonly<{ kind: 'principal'; id: string }>

/** What tags say of where something is. */
export type TaggedPlace = Readonly<{
  account: readonly string[]
  region: readonly string[]
  vpc: readonly string[]
}>

/** Keys of tags, without case and what divides their words. */
const placeKeys: ReadonlyMap<string, keyof TaggedPlace> = new Map([
  ['account', 'account'],
  ['accountid', 'account'],
  ['awsaccount', 'account'],
  ['awsaccountid', 'account'],
  ['region', 'region'],
  ['awsregion', 'region'],
  ['vpc', 'vpc'],
  ['vpcid', 'vpc'],
])

const untagged: TaggedPlace = { account: [], region: [], vpc: [] }

/**
 * The places that tags tell: `vpc:vpc-0a1b`, `aws-account:111122223333`, `region:us-east-1`. No name
 * tells a VPC, so a tag is the only way to one.
 */
export function taggedPlace(tags: readonly string[]): TaggedPlace {
  if (tags.length === 0) return untagged
  const place: Record<keyof TaggedPlace, string[]> = { account: [], region: [], vpc: [] }
  for (const tag of tags) {
    const colon = tag.indexOf(':')
    if (colon === -1) continue
    const key = placeKeys.get(tag.slice(0, colon).toLowerCase().replaceAll(/[-_ ]/g, ''))
    if (key !== undefined) place[key].push(tag.slice(colon + 1))
  }
  return place
}

/** Where a principal is at home, by its id. */
export function whereaboutsOfPrincipal(id: string): Whereabouts {
  const [, account] = /^account:(\d{12})$/.exec(id) ?? []
  return account === undefined ? whereaboutsOf(id) : { account, region: undefined }
}
