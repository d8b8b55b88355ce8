import { readArn } from './arn.ts'

/** In which AWS account and region something is, as far as a text tells. */
export type Whereabouts = Readonly<{ account: string | undefined; region: string | undefined }>

const nowhere: Whereabouts = { account: undefined, region: undefined }

const isAccount = /^\d{12}$/
const isRegion = /^[a-z]{2,4}(?:-[a-z]+)+-\d$/
/** Of a locator: its host, without user and port. */
const hostOf = /^[a-z][a-z0-9+]*:\/\/(?:[^/@]*@)?([^/:,]+)/

/**
 * The account and region that a canonical namespace, or an ARN, tells by itself: those of an ARN,
 * of a Redshift cluster or workgroup (`redshift://{workgroup}.{account}.{region}:{port}`), and the
 * region of a host of AWS (`athena.us-east-1.amazonaws.com`). A bucket tells neither.
 *
 * @see naming.md
 */
export function whereaboutsOf(text: string): Whereabouts {
  const arn = readArn(text)
  if (arn !== undefined) return { account: orNone(arn.account), region: orNone(arn.region) }
  const [, host = ''] = hostOf.exec(text) ?? []
  const labels = host.split('.')
  if (text.startsWith('redshift://')) {
    const [, ...place] = labels
    return {
      account: place.find((label) => isAccount.test(label)),
      region: place.find((label) => isRegion.test(label)),
    }
  }
  if (!/\.amazonaws\.com(?:\.cn)?$/.test(host)) return nowhere
  return { account: undefined, region: labels.find((label) => isRegion.test(label)) }
}

function orNone(text: string): string | undefined {
  return text === '' ? undefined : text
}
