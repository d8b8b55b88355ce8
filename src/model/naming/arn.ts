/** An ARN taken apart. `resource` is all behind the account, and empty for a mere prefix. */
export type Arn = Readonly<{
  partition: string
  service: string
  region: string
  account: string
  resource: string
}>

// Ends at the colon in front of the resource, or with the text.
const arnPrefix = /^arn:(aws[a-z-]*):([a-z0-9-]+):([a-z0-9-]*):([a-z0-9-]*)(?:(?=:)|\/*$)/i
// What openlineage-spark wrote for Glue before its release 1.18.
const oldGlue = /^aws:glue:([a-z0-9-]+):(\d+)\/*$/i

/** The ARN that a text is, also one that ends behind the account; else undefined. */
export function readArn(text: string): Arn | undefined {
  const [, region, account] = oldGlue.exec(text) ?? []
  if (region !== undefined && account !== undefined) {
    const place = region.toLowerCase()
    return { partition: partitionOf(place), service: 'glue', region: place, account, resource: '' }
  }
  const match = arnPrefix.exec(text)
  if (match === null) return undefined
  const [prefix, partition = '', service = '', place = '', owner = ''] = match
  return {
    partition: partition.toLowerCase(),
    service: service.toLowerCase(),
    region: place.toLowerCase(),
    account: owner.toLowerCase(),
    resource: text.slice(prefix.length + 1),
  }
}

/** The namespace of an ARN: all of it but the resource. */
export function namespaceOfArn({ partition, service, region, account }: Arn): string {
  return `arn:${partition}:${service}:${region}:${account}`
}

function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn'
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'
}
