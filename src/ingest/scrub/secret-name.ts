import type { Detector } from './marker.ts'
import { isMarker, markerPattern } from './marker.ts'
import { isRedaction } from './redaction.ts'

/**
 * Names whose value is a secret, by how they end, once letter case and everything but letters is
 * gone (`fs.s3a.secret.key`, `DB_PASSWORD`, `apiKey2`). The first line that fits decides.
 */
const secretEndings: readonly (readonly [RegExp, Detector])[] = [
  [/(?:password|passwd|passphrase|pwd)s?$/, 'password'],
  [/(?:db|user|admin|root|login|smtp|ftp|ldap|jdbc|mysql|proxy)pass$/, 'password'],
  [/(?:secretaccesskey|(?:aws|s3).*secretkey)s?$/, 'aws-secret-key'],
  [/accesskeys?$/, 'access-key'],
  [/privatekeys?$/, 'private-key'],
  [/apikeys?$/, 'api-key'],
  [/(?:secret|signing)keys?$/, 'secret'],
  [/secrets?$/, 'secret'],
  [/tokens?$/, 'token'],
  [/credentials?$/, 'credential'],
]

/**
 * Names that end like a secret and are none: places in a list of pages, and ids by which a request
 * is told from its repetition. What only begins or goes on like one needs no line here, because it
 * does not end so: `key`, `partitionKey`, `hashKey`, `sortKey`, `primaryKey`, `foreignKey`,
 * `keyId`, `accessKeyId`, `secretArn`, `secretName`, `password-file`, `tokenUsage`, `tokenize`.
 */
const notSecret: readonly RegExp[] = [
  /(?:next|page|paging|pagination|continuation|starting|resume|sync)(?:page|batch|result|set)?tokens?$/,
  /(?:clientrequest|idempotency)tokens?$/,
  /(?:non|not|is|has|no)(?:secret|password|token|credential)s?$/,
]

/** Azure writes the account behind the name: `fs.azure.account.key.{account}.dfs.core.windows.net`. */
const azureSetting =
  /^(fs\.azure\.(?:account\.key|sas\.[^.]+|.*client\.secret))\..*\.windows\.net$/i

const mayBeSecret = /pass|pwd|secret|token|credential|key|sas\./i

/**
 * Which secret a value under this name is, by the table above; undefined when it is none. A name
 * is a key of an object, a property (`database.password`), a variable or an option (`--password`).
 *
 * The value matters in two cases: the shell's own PWD and OLDPWD hold a folder, and a number of
 * `tokens` is a count.
 */
export function secretNamed(name: string, value?: unknown): Detector | undefined {
  if (!mayBeSecret.test(name)) return undefined
  // A key that a marker is part of is judged by what is left, else a second run would find more.
  const plain = name.includes('[scrubbed:') ? name.replace(markerPattern, '') : name
  const azure = azureSetting.exec(plain)
  if (azure !== null) return 'azure-key'
  const letters = plain
    .slice(-200)
    .replace(/[^a-z0-9]+/gi, '')
    .toLowerCase()
    .replace(/\d+$/, '')
  for (const [ending, detector] of secretEndings) {
    if (ending.test(letters)) {
      const isCount = typeof value === 'number' && letters.endsWith('tokens')
      return isCount ||
        isFolderVariable(plain, value) ||
        notSecret.some((line) => line.test(letters))
        ? undefined
        : detector
    }
  }
  return undefined
}

function isFolderVariable(name: string, value: unknown): boolean {
  return /^(?:OLD)?PWD$/.test(name) && typeof value === 'string' && /^(?:\/|[A-Z]:\\)/.test(value)
}

/**
 * Values that stand under a secret's name and give nothing away: nothing at all, a truth value, what
 * the producer itself has masked, a template, an ARN, one of our markers.
 */
const harmless: readonly RegExp[] = [
  /^\s*$/,
  /^(?:true|false|yes|no|none|null|nil|undefined|n\/a|required|optional)$/i,
  /^(?:\*{2,}|[xX]{3,}|•{2,})(?:\(redacted\))?$/i,
  /^(?:redacted|[[<({](?:redacted|masked|hidden|omitted|filtered|secret|password|token)[\])}>])$/i,
  /^(?:\$\{[^{}]*\}|\$[A-Z_][A-Z0-9_]*|\{\{[^{}]*\}\}|%\([^()]*\)s|<<?[^<>]*>>?)$/,
  /^(?:aws_iam_role=)?arn:aws[a-z-]*:[^\s;]*$/i,
]

/** Whether the value under a secret's name can stay because it is a reference, or nothing. */
export function isHarmless(value: string, detector: Detector): boolean {
  return (
    isMarker(value) ||
    isRedaction(value) ||
    (value.length <= 2048 && harmless.some((pattern) => pattern.test(value))) ||
    // A file with credentials in it is named here, not shown.
    (detector === 'credential' && /^(?:\/|[a-z0-9]{2,8}:\/\/)[\w./=-]{1,1024}$/i.test(value))
  )
}
