import type { Reading } from '../reading.ts'
import type { Draft } from '../statement.ts'
import { isSign } from '../cursor.ts'
import { takeName } from '../name.ts'
import { unnamed } from './target.ts'

/** Behind TRUNCATE: `[TABLE] t [PARTITION (…)]`. */
export function readTruncate(reading: Reading): Draft {
  const { cursor, session } = reading
  cursor.takes('table')
  const target = reading.takeTable() ?? 'unnamed'
  if (target === 'unnamed') return unnamed
  if (session.temporary(target.parts) !== undefined) return {}
  const whole = !cursor.sees('partition')
  return { outputs: [target.name], changes: [{ dataset: target.name, change: 'TRUNCATE', whole }] }
}

const dropped = ['materialized view', 'external table', 'table', 'view', 'temporary table']

/** Behind DROP: tables and views; what else is dropped held no data. */
export function readDrop(reading: Reading): Draft {
  const { cursor, session } = reading
  if (!dropped.some((words) => cursor.takes(words))) return {}
  cursor.takes('if exists')
  const changes: NonNullable<Draft['changes']>[number][] = []
  do {
    const target = reading.takeTable()
    if (target === undefined || target === 'unnamed') return { ...unnamed, changes }
    if (!session.dropTemporary(target.parts)) {
      changes.push({ dataset: target.name, change: 'DROP', whole: true })
    }
  } while (cursor.takesSign(','))
  return { changes }
}

/** Behind ALTER: tables and views that get another name, another place, or the rows of another one. */
export function readAlter(reading: Reading): Draft {
  const { cursor, session } = reading
  const isView = cursor.takes('view') || cursor.takes('materialized view')
  if (!isView && cursor.takes('schema') && cursor.find('rename') < cursor.tokens.length) {
    return { unresolved: 'A schema gets another name, and with it all of its tables' }
  }
  if (!isView && !cursor.takes('table')) return {}
  cursor.takes('if exists')
  cursor.takes('only')
  const target = reading.takeTable() ?? 'unnamed'
  if (target === 'unnamed') return unnamed
  if (cursor.takes('append from')) return appended(reading, target.name)
  if (cursor.sees('rename to')) {
    cursor.takes('rename to')
    return renamed(reading, target)
  }
  if (cursor.sees('exchange partition')) {
    cursor.goTo(cursor.find('with') + 1)
    cursor.takes('table')
    return moved(reading, target.name)
  }
  const dataset = target.name
  if (session.temporary(target.parts) !== undefined) return {}
  const changes = [{ dataset, change: 'ALTER', whole: false }] as const
  const isOfPartition =
    cursor.sees('partition') || cursor.sees('add partition') || cursor.sees('add if')
  const place = cursor.find('location')
  const location = cursor.tokens[place + 1]
  if (!isOfPartition && location?.kind === 'text' && location.value.includes('/')) {
    return {
      verb: 'ALTER TABLE',
      changes,
      locations: [{ table: dataset, location: location.value }],
    }
  }
  return { verb: 'ALTER TABLE', changes }
}

/**
 * `ALTER TABLE a APPEND FROM b`: the rows of b move into a, by the names of the columns, and b is
 * empty then.
 */
function appended(reading: Reading, output: NonNullable<Draft['outputs']>[number]): Draft {
  const verb = 'ALTER TABLE APPEND'
  const from = reading.takeTable() ?? 'unnamed'
  if (from === 'unnamed') return { ...unnamed, verb, outputs: [output] }
  const content = reading.session.temporary(from.parts)
  const inputs = content === undefined ? [from.name] : content.inputs
  return {
    verb,
    inputs,
    outputs: [output],
    copies: content === undefined ? [{ input: from.name, output, columns: { by: 'name' } }] : [],
    changes: content === undefined ? [{ dataset: from.name, change: 'TRUNCATE', whole: true }] : [],
  }
}

/** Hive's `ALTER TABLE t EXCHANGE PARTITION (…) WITH TABLE s`: a partition of s moves into t. */
function moved(reading: Reading, output: NonNullable<Draft['outputs']>[number]): Draft {
  const from = reading.takeTable() ?? 'unnamed'
  if (from === 'unnamed') return { ...unnamed, outputs: [output] }
  return {
    verb: 'ALTER TABLE EXCHANGE',
    inputs: [from.name],
    outputs: [output],
    copies: [{ input: from.name, output, columns: { by: 'name' } }],
  }
}

function renamed(
  reading: Reading,
  target: Readonly<{ parts: readonly string[]; name: NonNullable<Draft['outputs']>[number] }>,
): Draft {
  const { cursor, traits, session } = reading
  const to = takeName(cursor, traits)
  if (!Array.isArray(to) || isSign(cursor.peek(), '(')) return unnamed
  const parts = to as readonly string[]
  if (session.renameTemporary(target.parts, parts)) return {}
  // A new name without a schema stays in the schema of the old one.
  const whole =
    parts.length > 1 || !('parts' in target.name)
      ? parts
      : [...target.name.parts.slice(0, -1), ...parts]
  return {
    verb: 'ALTER TABLE RENAME',
    renames: [{ from: target.name, to: session.nameOf(whole) }],
  }
}

/** Behind REFRESH: a view is made anew of what it was defined by, which this does not say. */
export function readRefresh(reading: Reading): Draft {
  const { cursor } = reading
  if (!cursor.takes('materialized view')) return {}
  const target = reading.takeTable() ?? 'unnamed'
  return target === 'unnamed' ? unnamed : { outputs: [target.name] }
}

/** SET and USE: where names lead from here on. */
export function readSet(reading: Reading): Draft {
  const { cursor, session, traits } = reading
  if (!cursor.takes('session')) cursor.takes('local')
  if (!cursor.takes('search_path') && !cursor.takes('schema')) return {}
  if (!cursor.takes('to')) cursor.takesSign('=')
  for (; !cursor.isAtEnd; cursor.next()) {
    const token = cursor.peek()
    const value = token?.kind === 'text' ? token.value.toLowerCase() : undefined
    const name = value ?? takeName(cursor, traits)
    const schema =
      typeof name === 'string' && name !== 'unnamed'
        ? name
        : Array.isArray(name)
          ? String(name[0])
          : undefined
    if (schema !== undefined && schema !== '$user' && schema !== 'default') {
      session.schema = schema
      break
    }
    if (schema === 'default') {
      session.schema = traits.schema
      break
    }
  }
  return {}
}

export function readUse(reading: Reading): Draft {
  const { cursor, session, traits } = reading
  if (!cursor.takes('database')) cursor.takes('schema')
  const name = takeName(cursor, traits)
  if (!Array.isArray(name)) return {}
  const parts = name as readonly string[]
  if (traits.parts === 2 || parts.length > 1) {
    session.schema = parts.at(-1)
    if (parts.length > 1) session.database = parts[0]
  } else session.database = parts[0]
  return {}
}
