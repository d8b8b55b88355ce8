import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tokensOf } from '../../../src/ingest/command/shell/lex.ts'
import { emr, read, summary } from './moved.ts'

/** Any text that an argument of a process can be. */
const argument = fc
  .string({ unit: 'binary', maxLength: 24 })
  .map((text) => text.replaceAll('\0', ''))

const shellish = fc
  .array(
    fc.constantFrom(
      'if',
      'then',
      'else',
      'fi',
      'for',
      'x',
      'in',
      'do',
      'done',
      'while',
      'case',
      'esac',
      '{',
      '}',
      '(',
      ')',
      '((',
      '))',
      '[[',
      ']]',
      ';',
      ';;',
      '\n',
      '&',
      '&&',
      '||',
      '|',
      '<',
      '>',
      '<<E',
      'E',
      '<<<',
      '"',
      "'",
      '`',
      '$',
      '$(',
      '${',
      '${x:-',
      '$((',
      "$'",
      '\\',
      '#',
      '!',
      'a=b',
      'a=(',
      'hdfs',
      'dfs',
      '-cp',
      '/a',
      'sqoop',
      'import',
      '--table',
      '$x',
      '"$@"',
      'function',
      'f()',
      'eval',
      'bash',
      '-c',
      'hive',
      '-e',
      'sh',
      'cat',
      'xargs',
      '-',
      '--',
    ),
    { maxLength: 60 },
  )
  .chain((words) =>
    fc
      .array(fc.constantFrom('', ' ', ' ', ' '), {
        minLength: words.length,
        maxLength: words.length,
      })
      .map((gaps) => words.map((word, index) => word + (gaps[index] ?? '')).join('')),
  )

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** Double quotes: a backslash before what is special there. */
const doubleQuoted = (text: string): string => `"${text.replace(/[\\$`"]/g, '\\$&')}"`

/** Outside of quotes a backslash before each character, but a newline, which it would take away. */
const escaped = (text: string): string =>
  text === '' ? "''" : text.replace(/[^]/gu, (one) => (one === '\n' ? "'\n'" : `\\${one}`))

const ansiQuoted = (text: string): string =>
  `$'${text.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\t', '\\t')}'`

const ways = [quoted, doubleQuoted, escaped, ansiQuoted]

/** The texts of all words, where each is nothing but text. */
function wordsOf(text: string): readonly string[] {
  return tokensOf(text).tokens.flatMap((token) =>
    token.kind === 'word'
      ? [token.word.parts.map((part) => (part.kind === 'text' ? part.text : '\0')).join('')]
      : [],
  )
}

describe('the lexer', () => {
  it('gives back what was quoted, in whatever way', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(argument, fc.constantFrom(...ways)), { maxLength: 8 }),
        (pairs) => {
          // Windows' line ends are line ends of the script, also inside of quotes.
          const all = pairs.map(([text, quote]) => [text.replaceAll('\r', ''), quote] as const)
          const line = all.map(([text, quote]) => quote(text)).join(' ')
          expect(wordsOf(line)).toEqual(all.map(([text]) => text))
        },
      ),
      { numRuns: 500 },
    )
  })

  it('reads the same command whether it is a text or a list of arguments', () => {
    fc.assert(
      fc.property(
        fc.array(argument, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(...ways),
        (words, quote) => {
          const args = ['hdfs', 'dfs', '-cp', ...words.map((word) => word.replaceAll('\r', ''))]
          expect(read(args.map(quote).join(' '))).toEqual(read(args))
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('a command line', () => {
  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(shellish, fc.string({ unit: 'binary', maxLength: 200 }), fc.lorem()),
        (text) => {
          expect(Array.isArray(read(text))).toBe(true)
        },
      ),
      { numRuns: 1500 },
    )
  })

  it('never throws, whatever the arguments', () => {
    const tools = fc.constantFrom(
      'sqoop',
      'hadoop',
      'hdfs',
      'aws',
      's3-dist-cp',
      'hive',
      'spark-submit',
      'trino',
      'pig',
      'bash',
      'sudo',
      'env',
      'timeout',
      'xargs',
      'su',
      'hive-script',
      'hadoop-streaming',
    )
    const words = fc.oneof(
      argument,
      fc.constantFrom(
        '-c',
        '--',
        '-',
        '-e',
        '-f',
        '--table',
        '--connect',
        'jdbc:mysql://h/d',
        's3://',
        '/',
        'import',
        'export',
        'job',
        '--create',
        'jar',
        'dfs',
        'fs',
        '-cp',
        's3',
        'cp',
        'distcp',
        '--src',
        '--dest',
        '--args',
        '-D',
        'k=v',
        'command-runner.jar',
        'jdbc:',
        '=',
        '${x}',
      ),
    )
    fc.assert(
      fc.property(tools, fc.array(words, { maxLength: 12 }), (tool, args) => {
        expect(Array.isArray(read([tool, ...args]))).toBe(true)
      }),
      { numRuns: 1500 },
    )
  })

  it('says the same each time', () => {
    fc.assert(
      fc.property(shellish, (text) => {
        expect(read(text)).toEqual(read(text))
      }),
    )
  })

  it('never names what is unknown', () => {
    const pieces = fc.array(
      fc.constantFrom('/a', '/b', '$unset', '$(date)', '[scrubbed:mrn]', '`x`', 's3://k', '/', 'x'),
      { minLength: 1, maxLength: 6 },
    )
    fc.assert(
      fc.property(pieces, pieces, (from, to) => {
        const text = `hdfs dfs -cp "${from.join('')}" "${to.join('')}"`
        const places = read(text).flatMap(({ inputs, outputs }) => [...inputs, ...outputs])
        for (const { namespace, name } of places) {
          expect(namespace + name).not.toMatch(/[\0$`]|scrubbed|date/)
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('a call of Sqoop', () => {
  const options = fc.record({
    table: fc.constantFrom('visits', 'LAB.RESULTS'),
    target: fc.constantFrom('/raw/x', 's3://lake/raw/x'),
    columns: fc.constantFrom(undefined, 'id,dob'),
    hive: fc.boolean(),
  })
  const others = fc.shuffledSubarray([
    ['--as-parquetfile'],
    ['--compress'],
    ['--compression-codec', 'snappy'],
    ['--null-string', '\\\\N'],
    ['--null-non-string', '\\\\N'],
    ['--split-by', 'id'],
    ['--fetch-size', '1000'],
    ['--map-column-java', 'id=Long'],
    ['--fields-terminated-by', '\\t'],
    ['--username', 'etl'],
    ['--password-file', '/user/etl/pwd'],
    ['-m', '4'],
    ['--verbose'],
    ['--mapreduce-job-name', 'nightly'],
    ['--outdir', '/tmp/java'],
  ])
  const generic = fc.shuffledSubarray([
    ['-Dmapreduce.job.queuename=etl'],
    ['-D', 'mapreduce.map.memory.mb=4096'],
    ['-libjars', '/x.jar'],
    ['-conf', '/x.xml'],
  ])

  it('moves the same in any order of its options, with generic arguments before them', () => {
    fc.assert(
      fc.property(
        options,
        others,
        generic,
        fc.array(fc.nat(), { minLength: 40, maxLength: 40 }),
        (chosen, more, before, keys) => {
          const needed = [
            ['--connect', 'jdbc:mysql://db/clinic'],
            ['--table', chosen.table],
            ['--target-dir', chosen.target],
            ...(chosen.columns === undefined ? [] : [['--columns', chosen.columns]]),
            ...(chosen.hive ? [['--hive-import'], ['--hive-table', 'raw.t']] : []),
          ]
          const plain = ['sqoop', 'import', ...needed.flat()]
          const all = [...needed, ...more]
            .map((option, index) => ({ option, key: keys[index] ?? 0 }))
            .toSorted((a, b) => a.key - b.key)
            .flatMap(({ option, key }) => written(option, key))
          expect(summary(['sqoop', 'import', ...before.flat(), ...all])).toEqual(summary(plain))
        },
      ),
      { numRuns: 500 },
    )
  })

  /** `--a b`, `-a b` or `--a=b`. */
  function written([name = '', ...values]: readonly string[], key: number): readonly string[] {
    const hyphens = key % 2 === 0 || !name.startsWith('--') ? name : name.slice(1)
    const [value] = values
    const isInline = key % 3 === 0 && value !== undefined && name !== '-m'
    return isInline ? [`${hyphens}=${value}`] : [hyphens, ...values]
  }
})

describe('hostile texts', () => {
  const size = 100_000
  const nest = (open: string, close: string, depth: number): string =>
    open.repeat(depth) + close.repeat(depth)
  it.each([
    ['parentheses', nest('(', ')', size / 2)],
    ['groups', nest('{ ', '; }', size / 8)],
    ['substitutions', nest('$(', ')', size / 4)],
    ['open substitutions', '$('.repeat(size / 2)],
    ['open quoted substitutions', '"$('.repeat(size / 3)],
    ['backticks', '`'.repeat(size)],
    ['parameters', nest('${a:-', '}', size / 8)],
    ['open parameters', '${a:-'.repeat(size / 5)],
    ['quotes', `'"`.repeat(size / 2)],
    ['an open quote', `'${'a '.repeat(size / 2)}`],
    ['here-documents without an end', '<<A '.repeat(size / 4)],
    ['a huge here-document', `hive <<E\n${'select 1;\n'.repeat(size / 10)}E`],
    ['conditions', 'if a; then '.repeat(size / 11)],
    ['conditions that end', nest('if a; then ', ' fi;', 200)],
    ['loops in loops', nest('for a in 1 2 3 4 5 6 7 8; do hdfs dfs -cp /$a /b; ', 'done; ', 40)],
    ['a value that doubles', `a=aaaaaaaa;${'a=$a$a;'.repeat(60)} hdfs dfs -cp /$a /b`],
    ['functions that call themselves', 'f() { f; f; hdfs dfs -cp /a /b; }; f'],
    ['many variables in many branches', manyBranches(500)],
    ['pipes', 'cat a | '.repeat(size / 8)],
    ['shells in shells', shells(12)],
    ['evaluated again and again', `a='eval "$a"'; eval "$a"`],
    ['wrappers', `${'sudo '.repeat(size / 5)}x`],
    ['evaluations', 'eval '.repeat(size / 5)],
    ['lists in lists', 'a=('.repeat(size / 3)],
    ['saved jobs in saved jobs', `sqoop ${'job --create a -- '.repeat(size / 18)}`],
    ['jars', `${'hadoop jar command-runner.jar '.repeat(size / 30)}x`],
    ['sessions', `${'su - x -c '.repeat(size / 10)}x`],
    ['hyphens', `sqoop import ${'-'.repeat(size)}`],
    ['options', `sqoop import ${'--table x '.repeat(size / 10)}`],
    ['escapes', '\\'.repeat(size)],
    ['dots', `sqoop import --connect jdbc:mysql://h/d --table ${'.'.repeat(size)} --target-dir /x`],
    ['signs', `sqoop import --connect jdbc:${'a:'.repeat(size / 2)} --table t --target-dir /x`],
    ['redirections', '> a '.repeat(size / 4)],
    ['words', `hdfs dfs -cp ${'/a '.repeat(size / 3)}`],
    ['stars', `s3-dist-cp --src s3://a/${'{*,'.repeat(size / 3)} --dest /b`],
  ])('take a time that goes with their length: %s', (_name, text) => {
    const since = process.cpuUsage()
    expect(read(text, emr).length).toBeLessThan(20_000)
    // Of processor time: what others do on the machine is not counted.
    const { user, system } = process.cpuUsage(since)
    expect((user + system) / 1e6).toBeLessThan(8)
  })

  function manyBranches(count: number): string {
    const assignments = Array.from({ length: count }, (_one, index) => `v${index}=x`).join(';')
    return `${assignments};${'if a; then v1=y; else v2=z; fi;'.repeat(count)}`
  }

  function shells(depth: number): string {
    let text = 'hdfs dfs -cp /a /b'
    for (let level = 0; level < depth; level += 1) text = `sh -c ${JSON.stringify(text)}`
    return text
  }
})
