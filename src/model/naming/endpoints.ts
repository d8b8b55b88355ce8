import type { Family } from './families.ts'
import { compareCodePoints } from '../order.ts'

/**
 * The one spelling of a server: of a list of hosts the least, in lower case, with the port that its
 * family implies added or taken away. `None` for a port, as Python prints it, is none.
 */
export function endpointOf(family: Family, authority: string): string {
  const hosts = authority.split(',').filter((host) => host.trim() !== '')
  const [least = ''] = hosts.map((host) => hostOf(family, host.trim())).toSorted(compareCodePoints)
  return least
}

// Host (an IPv6 address in brackets), and what stands behind its colon.
const hostAndPort = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/s

function hostOf(family: Family, text: string): string {
  const [, host = text, written = ''] = hostAndPort.exec(text) ?? []
  const { name, port = written.toLowerCase() } = wellKnown(family, host, written)
  if (name === '') return ''
  if (port === '' || port === 'none' || port === 'null') {
    // A named instance listens where its browser service says, not on the default port.
    const isBare = family.port === undefined || name.includes('\\') || emrCluster.test(name)
    return isBare ? name : `${name}:${family.port}`
  }
  if (!/^\d+$/.test(port)) return `${name}:${port}`
  const number = port.replace(/^0+(?=\d)/, '')
  return Number(number) === family.impliedPort ? name : `${name.replace(/\\.*$/s, '')}:${number}`
}

type Endpoint = Readonly<{ name: string; port?: string }>

const redshiftCluster = /^([^.]+)(?:\.[^.]+)?\.([a-z0-9-]+)\.redshift\.amazonaws\.com(?:\.cn)?$/
const redshiftWorkgroup =
  /^([^.]+)\.(\d+)\.([a-z0-9-]+)\.redshift-serverless\.amazonaws\.com(?:\.cn)?$/
const awsRegion = /^[a-z]{2,4}(?:-[a-z]+)+-\d$/
const snowflakeDomain = /(?:\.privatelink)?\.snowflakecomputing\.(?:com|cn)$/
const emrCluster = /^j-[0-9A-Z]+$/

/** Endpoints that have a shorter name in `openlineage.md` section 5 and `naming.md`. */
function wellKnown(family: Family, text: string, port: string): Endpoint {
  // The id of an EMR cluster stands for its host, and its case belongs to it.
  if (emrCluster.test(text)) return { name: text }
  const host = text.toLowerCase()
  switch (family.scheme) {
    case 'redshift': {
      const [, cluster, region] = redshiftCluster.exec(host) ?? []
      if (cluster !== undefined) return { name: `${cluster}.${region}` }
      const [, workgroup, account, place] = redshiftWorkgroup.exec(host) ?? []
      if (workgroup !== undefined) return { name: `${workgroup}.${account}.${place}` }
      // `jdbc:redshift:iam://cluster:region` has the region where others have the port.
      return awsRegion.test(port.toLowerCase())
        ? { name: `${host}.${port.toLowerCase()}`, port: '' }
        : { name: host }
    }
    case 'snowflake':
      return { name: host.replace(snowflakeDomain, '') }
    default:
      return { name: host }
  }
}
