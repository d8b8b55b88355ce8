/** Endings that tell a file's format or packing, and nothing of what it is about. */
const endings =
  'avro bz2 c000 crc csv dat dcm gz gzip hl7 html inf ion jpeg jpg json jsonl log lz4 lzo manifest ' +
  'ndjson orc parquet pdf png sh snappy sql tar tgz tif tiff tsv txt xls xlsx xml yaml yml zip zst ' +
  'doc docx metadata bin py jar md edi x12 lock'
const ending = `\\.(?:${endings.replaceAll(' ', '|')})`
const twoEndings = new RegExp(`(?:${ending}){1,2}$`, 'i')

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const packed = `(?:\\.c\\d{3})?(?:${ending}){0,3}`

/** What engines call their own files: parts of a table, markers of success, logs of a table. */
const files = new RegExp(
  [
    `part-(?:[mr]-)?\\d{1,6}(?:-${uuid})?(?:[-_]c?\\d{1,6}){0,2}${packed}`,
    `\\d{6}_\\d{1,3}(?:_copy_\\d{1,6})?${packed}`,
    '_success(?:\\.crc)?',
    '_(?:common_)?metadata',
    '_(?:committed|started)_\\d{1,20}',
    '_last_checkpoint',
    '\\.?_?manifest(?:\\.json)?',
    // Delta and Iceberg.
    `\\d{20}(?:\\.checkpoint(?:\\.\\d{10}){0,2})?\\.(?:json|crc|parquet)`,
    `\\d{5}-${uuid}\\.metadata\\.json`,
    'v\\d{1,8}\\.metadata\\.json',
    `snap-\\d{1,20}-\\d{1,4}-${uuid}\\.avro`,
    `${uuid}-m\\d{1,6}\\.avro`,
  ]
    .map((pattern) => `(?:${pattern})`)
    .join('|')
    .replace(/^(.*)$/s, '^(?:$1)$'),
  'i',
)

/** Folders that engines make and remove again. */
const folders = new RegExp(
  '^(?:\\.hive-staging_hive_[\\d_-]{1,64}|(?:attempt|task|job)_\\d{8,20}_\\d{4}(?:_[mr]_\\d{6}(?:_\\d{1,3})?)?' +
    '|application_\\d{13}_\\d{4,6})$',
  'i',
)

const date = '(?:19|20)\\d{2}[-_]?(?:0[1-9]|1[0-2])(?:[-_]?(?:0[1-9]|[12]\\d|3[01]))?'
const time =
  '(?:(?:[T _-]|%20)?(?:[01]\\d|2[0-3])(?:(?:[:_-]|%3A)?[0-5]\\d(?:(?:[:_-]|%3A)?[0-5]\\d(?:\\.\\d{1,9})?)?)?)?Z?'
const moments = new RegExp(`(?<!\\d)(?:${date}${time}|1\\d{12})(?!\\d)`, 'gi')

/** `_SUCCESS`, `part-00000-….snappy.parquet` and the like: names that no person gave. */
export function isFileOfAnEngine(name: string): boolean {
  return name.length <= 160 && files.test(name)
}

/** `.hive-staging_hive_…`, `attempt_…`. */
export function isFolderOfAnEngine(name: string): boolean {
  return folders.test(name)
}

/** The format of a file by its name: `.csv`, `.snappy.parquet`; empty when none is known. */
export function endingOf(name: string): string {
  return twoEndings.exec(name.slice(-40))?.[0] ?? ''
}

/** The text without the dates, times and milliseconds since 1970 in it. */
export function withoutMoments(text: string): string {
  return text.replace(moments, '')
}
