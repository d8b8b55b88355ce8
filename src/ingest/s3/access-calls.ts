/**
 * What is done to objects: their content is read or written, they are deleted or listed, what is
 * known of them is read (METADATA), or parts are sent that are no object yet (UPLOAD).
 */
export type ObjectAction = 'READ' | 'WRITE' | 'DELETE' | 'LIST' | 'METADATA' | 'UPLOAD'

/** Which objects a call names: by its key, by a prefix, or many that it does not tell. */
type Named = 'key' | 'prefix' | 'untold'

/** `copies`: it reads the object that `x-amz-copy-source` names. */
export type AccessCall = Readonly<{ action: ObjectAction; named: Named; copies: boolean }>

function call(action: ObjectAction, named: Named = 'key', copies = false): AccessCall {
  return { action, named, copies }
}

/**
 * Calls on objects, by name. Settings of objects (ACLs, retention) are no accesses; DeleteObjects is
 * followed by one DeleteObject for each key, and a part is no object before its upload is complete.
 *
 * @see aws-events.md sections 6 and 7.8
 */
export const accessCalls: ReadonlyMap<string, AccessCall> = new Map([
  ['GetObject', call('READ')],
  ['GetObjectTorrent', call('READ')],
  ['SelectObjectContent', call('READ')],
  ['PutObject', call('WRITE')],
  ['PostObject', call('WRITE')],
  ['CopyObject', call('WRITE', 'key', true)],
  ['CompleteMultipartUpload', call('WRITE')],
  ['CreateMultipartUpload', call('UPLOAD')],
  ['UploadPart', call('UPLOAD')],
  ['UploadPartCopy', call('UPLOAD', 'key', true)],
  ['AbortMultipartUpload', call('UPLOAD')],
  ['DeleteObject', call('DELETE')],
  ['DeleteObjects', call('DELETE', 'untold')],
  ['HeadObject', call('METADATA')],
  ['GetObjectAttributes', call('METADATA')],
  ['GetObjectAcl', call('METADATA')],
  ['GetObjectTagging', call('METADATA')],
  ['ListParts', call('METADATA')],
  ['ListObjects', call('LIST', 'prefix')],
  ['ListObjectsV2', call('LIST', 'prefix')],
  ['ListObjectVersions', call('LIST', 'prefix')],
  ['ListMultipartUploads', call('LIST', 'prefix')],
])
