import type { Arn } from './arn.ts'
import type { Space } from './space.ts'
import { namespaceOfArn, readArn } from './arn.ts'
import { readUri } from './read-uri.ts'
import { spaceOfUri } from './space.ts'

/**
 * Reads the namespace of a dataset. What comes out holds no user, password or query, whatever went
 * in. Never throws.
 *
 * @see openlineage.md section 5 and naming.md
 */
export function readNamespace(text: string): Space {
  const known = memory.get(text)
  if (known !== undefined) return known
  const space = spaceOf(text.replace(/^(?:jdbc:)+/i, ''), /^jdbc:/i.test(text))
  if (text.length <= rememberedLength) {
    if (memory.size >= rememberedCount) memory.clear()
    memory.set(text, space)
  }
  return space
}

// There are few namespaces and many names, so each is taken apart once. What is remembered is a pure
// function of the text, and forgetting it changes nothing.
const memory = new Map<string, Space>()
const rememberedCount = 10_000
const rememberedLength = 500

/** Namespaces that are a locator in one word. */
const words: ReadonlyMap<string, string> = new Map([
  ['file', 'file:'],
  ['file.localhost', 'file:'],
  ['dbfs', 'dbfs:'],
  ['hdfs', 'hdfs:'],
  ['bigquery', 'bigquery:'],
])

function spaceOf(text: string, jdbc: boolean): Space {
  const arn = readArn(text)
  if (arn !== undefined) return spaceOfArn(arn, text)
  const uri = readUri(words.get(text.toLowerCase()) ?? text, jdbc)
  if (uri !== undefined) return spaceOfUri(uri)
  const harmless = withoutSecrets(text)
  return harmless === text
    ? { kind: 'plain', namespace: text, family: undefined, bare: true }
    : readNamespace(harmless)
}

/** What is no locator may still begin with a user and a password, and end in parameters. */
function withoutSecrets(text: string): string {
  return text.replace(/^\/*[^\s/@:]+:\S*@/, '').replace(/[?;][^\s=?;]+=.*$/s, '')
}

function spaceOfArn(arn: Arn, text: string): Space {
  if (arn.service === 's3' && arn.account === '' && arn.resource !== '') {
    return readNamespace(`s3://${arn.resource}`)
  }
  return arn.resource === ''
    ? { kind: 'aws', namespace: namespaceOfArn(arn), arn }
    : { kind: 'plain', namespace: text, family: undefined, bare: true }
}
