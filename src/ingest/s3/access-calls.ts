import type { Proof, Translator } from '../translator.ts'

/**
 * What is done to objects: their content is read or written, they are deleted or listed, what is
 * known of them is read (METADATA), or parts are sent that are no object yet (UPLOAD).
 */
export type ObjectAction = 'READ' | 'WRITE' | 'DELETE' | 'LIST' | 'METADATA' | 'UPLOAD'

/** Which objects a call names: by its key, by a prefix, or many that it does not tell. */
type Named = 'key' | 'prefix' | 'untold'

/** `copies`: it reads the object that `x-amz-copy-source` names. */
export type AccessCall = Readonly<{
  action: ObjectAction
  named: Named
  copies: boolean
  proof: Proof
}>

function call(action: ObjectAction, more: Partial<AccessCall> = {}): AccessCall {
  return { action, named: 'key', copies: false, proof: 'documentation', ...more }
}

const [record, inferred] = [{ proof: 'record' }, { proof: 'inferred' }] as const
const prefix = { named: 'prefix' } as const

/**
 * Calls on objects, by name. Settings of objects (ACLs, retention) are no accesses; DeleteObjects is
 * followed by one DeleteObject for each key, and a part is no object before its upload is complete.
 *
 * @see aws-events.md sections 6 and 7.8
 */
export const accessCalls: ReadonlyMap<string, AccessCall> = new Map([
  ['GetObject', call('READ', record)],
  ['GetObjectTorrent', call('READ', inferred)],
  ['SelectObjectContent', call('READ', inferred)],
  ['PutObject', call('WRITE')],
  ['PostObject', call('WRITE', inferred)],
  ['CopyObject', call('WRITE', { copies: true, ...record })],
  ['CompleteMultipartUpload', call('WRITE')],
  ['CreateMultipartUpload', call('UPLOAD')],
  ['UploadPart', call('UPLOAD')],
  ['UploadPartCopy', call('UPLOAD', { copies: true, ...inferred })],
  ['AbortMultipartUpload', call('UPLOAD', inferred)],
  ['DeleteObject', call('DELETE')],
  ['DeleteObjects', call('DELETE', { named: 'untold' })],
  ['HeadObject', call('METADATA')],
  ['GetObjectAttributes', call('METADATA', inferred)],
  ['GetObjectAcl', call('METADATA', inferred)],
  ['GetObjectTagging', call('METADATA', inferred)],
  ['ListParts', call('METADATA', inferred)],
  ['ListObjects', call('LIST', prefix)],
  ['ListObjectsV2', call('LIST', { ...prefix, ...inferred })],
  ['ListObjectVersions', call('LIST', { ...prefix, ...inferred })],
  ['ListMultipartUploads', call('LIST', { ...prefix, ...inferred })],
])

/** What each of them gives, for the page of all that is read. */
export const accessesGive: Readonly<Record<string, Pick<Translator<never>, 'gives' | 'proof'>>> =
  Object.fromEntries(
    [...accessCalls]
      .filter(([, { copies, named }]) => !copies && named !== 'untold')
      .map(([name, { action, proof }]) => {
        return [`s3:${name}`, { gives: `an access (${action}): who, which folder, how`, proof }]
      }),
  )
