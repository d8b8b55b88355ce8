/** A path's folders and what was taken off their end. */
export type Trimmed = Readonly<{ segments: readonly string[]; partition: string | undefined }>

/**
 * Takes off the end of a path what says when or in which part and not what: part files and their
 * markers, `key=value` folders, and dates. Again and again, as the Java client does from release
 * 1.39 on, so that old and new producers name one dataset.
 *
 * @see openlineage.md section 5; naming.md, part files
 */
export function trimPartitions(path: readonly string[]): Trimmed {
  let end = scratchAt(path)
  for (let length = tailLength(path, end); length > 0; length = tailLength(path, end)) end -= length
  return end === path.length
    ? { segments: path, partition: undefined }
    : { segments: path.slice(0, end), partition: path.slice(end).join('/') }
}

/** Where a writer's scratch folder begins (its files move up when it commits), or the path's end. */
function scratchAt(path: readonly string[]): number {
  const index = path.findIndex((segment) => scratchFolder.test(segment))
  return index === -1 ? path.length : index
}

const scratchFolder = /^(?:_temporary$|\.spark-staging-|\.hive-staging)/

/** How many of the segments before `end` are one partition: 0 when the last is none. */
function tailLength(path: readonly string[], end: number): number {
  const last = path[end - 1]
  if (last === undefined) return 0
  for (let length = Math.min(end, datePathLengthMax); length >= 2; length -= 1) {
    if (isDatePath(path.slice(end - length, end))) return length
  }
  return isPartFile(last) || isKeyValue(last) || isDateText(last) ? 1 : 0
}

const partFile =
  /^(?:part-(?:[mr]-)?\d|part-[0-9a-f]{8}-|_SUCCESS$|_committed_|_started_|_(?:common_)?metadata$)/
const columnarPart = /^part-.*\.(?:parquet|orc|avro)$/s

function isPartFile(segment: string): boolean {
  return partFile.test(segment) || columnarPart.test(segment) || segment.endsWith('.crc')
}

function isKeyValue(segment: string): boolean {
  const equals = segment.indexOf('=')
  return equals > 0 && equals === segment.lastIndexOf('=')
}

// yyyy/MM, and with dd, HH and mm behind it.
const datePathLengthMax = 5
const datePathForm = [/^\d{4}$/, /^\d\d$/, /^\d\d$/, /^\d\d$/, /^\d\d$/]

function isDatePath(segments: readonly string[]): boolean {
  if (!segments.every((segment, index) => datePathForm[index]?.test(segment))) return false
  const [year = '', month = '', day = '01', hour = '00', minute = '00'] = segments
  return isDate(year, month, day) && Number(hour) < 24 && Number(minute) < 60
}

// A date, and a time of any precision behind it: digits with the usual marks between them.
const dateText = /^(?:(\d{4})-(\d\d)-(\d\d)|(\d{4})(\d\d)(\d\d))(?:[T_ :.-]?[\d:.-]*Z?)?$/
const dayFirst = /^(\d\d)\.(\d\d)\.(\d{4})$/
const monthText = /^(\d{4})-?(\d\d)$/

function isDateText(segment: string): boolean {
  const [, y1, m1, d1, y2, m2, d2] = dateText.exec(segment) ?? []
  if (y1 !== undefined || y2 !== undefined) return isDate(y1 ?? y2, m1 ?? m2, d1 ?? d2)
  const [, day, month, year] = dayFirst.exec(segment) ?? []
  if (year !== undefined) return isDate(year, month, day)
  const [, yearAlone, monthAlone] = monthText.exec(segment) ?? []
  return yearAlone !== undefined && isDate(yearAlone, monthAlone, '01')
}

/** A day that exists, in a year that data is about: other eight digits are a number. */
function isDate(year = '', month = '', day = ''): boolean {
  if (Number(year) < 1900 || Number(year) > 2199) return false
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  return at.getUTCMonth() === Number(month) - 1 && at.getUTCDate() === Number(day)
}
