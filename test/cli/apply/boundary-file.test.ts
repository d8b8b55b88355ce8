import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { readBoundaryFile } from '../../../src/cli/apply/boundary-file.ts'

const problemsIn = (text: string): readonly string[] =>
  readBoundaryFile(text).problems.map(({ line, message }) => `${line}: ${message}`)

describe('a file', () => {
  it('says what the mutations take, every value a text', () => {
    const { wanted, problems } = readBoundaryFile(`
# Who may see what.
boundaries:
  - name: hospital
    zone: PROTECTED
    selectors:
      - account: 011122223333
      - { namespace: s3://lake, name: safe/** }
      - tag: { key: phi, value: true }
      - vpc: vpc-0a1b
        region: no
policies:
  - name: office
    zone: GENERAL
    statuses: [UNKNOWN, NOT_PERSONAL, UNKNOWN]
    mayCross:
      - job: deid
        namespace: etl
  - { name: out, zone: EXTERNAL, statuses: [] }
`)
    expect(problems).toEqual([])
    expect(wanted).toEqual({
      boundaries: [
        {
          name: 'hospital',
          zone: 'PROTECTED',
          selectors: [
            { account: '011122223333' },
            { namespace: 's3://lake', name: 'safe/**' },
            { tag: { key: 'phi', value: 'true' } },
            { vpc: 'vpc-0a1b', region: 'no' },
          ],
        },
      ],
      policies: [
        {
          name: 'office',
          zone: 'GENERAL',
          statuses: ['UNKNOWN', 'NOT_PERSONAL'],
          mayCross: [{ job: 'deid', namespace: 'etl' }],
        },
        { name: 'out', zone: 'EXTERNAL', statuses: [], mayCross: [] },
      ],
    })
  })

  it('may be JSON, and speak of one of both', () => {
    const { wanted, problems } = readBoundaryFile('{"boundaries": []}')
    expect({ wanted, problems }).toEqual({
      wanted: { boundaries: [], policies: undefined },
      problems: [],
    })
  })
})

describe('what is wrong is told with its line', () => {
  const boundary = (...lines: readonly string[]): string =>
    ['boundaries:', '  - name: b', '    zone: GENERAL', '    selectors:', ...lines].join('\n')

  test.each<[string, readonly string[]]>([
    ['', ['1: There is nothing here: give `boundaries:`, `policies:` or both']],
    ['# nothing', ['1: There is nothing here: give `boundaries:`, `policies:` or both']],
    ['{}', ['1: There is nothing here: give `boundaries:`, `policies:` or both']],
    ['- a', ['1: The file has fields: boundaries, policies']],
    ['boundary: []', ['1: The file has no field `boundary`; it has boundaries, policies']],
    ['boundaries:', ['1: `boundaries` is a list: a line with a dash in front for each']],
    ['boundaries:\n  - x', ['2: A boundary has fields: name, zone, selectors']],
    ['boundaries:\n  -\n    name: b', ['3: `zone` is missing', '3: `selectors` is missing']],
    [
      boundary('      - account: "123"').replace('GENERAL', 'general'),
      [
        '3: There is no zone `general`; there are PROTECTED, GENERAL, EXTERNAL',
        '5: The selector has account of 3 digits, and an account of AWS has 12; with quotes around it no zero is lost',
      ],
    ],
    [
      boundary('      - job: x', '      - {}', '      - buckets: x'),
      [
        '6: The selector asks for nothing, and would match everything; give at least one of name, job, principal, namespace, tag, vpc, account, region',
        '7: A selector has no field `buckets`; it has namespace, name, account, region, vpc, tag, job, principal',
      ],
    ],
    [boundary('      - name: [a, b]'), ['5: `name` is one text']],
    [boundary('      - tag: phi'), ['5: A tag has fields: key, value']],
    [boundary('      - tag: { value: x }'), ['5: `key` is missing']],
    [boundary('      []'), ['2: The boundary b has no selector; give one, or remove the boundary']],
    [
      `${boundary('      - job: x')}\n  - name: b\n    zone: EXTERNAL\n    selectors: [{ job: y }]`,
      ['6: The boundary b stands here twice; put both into one'],
    ],
    [
      `${boundary('      - job: x')}\n  - name: c\n    zone: EXTERNAL\n    selectors: [{ job: x }]`,
      [
        '6: The boundaries c and b have the same selector (job x); take it out of one of them, or make one of the two more specific',
      ],
    ],
    [
      'policies:\n  - name: p\n    zone: GENERAL\n    statuses: [PHI, SECRET]',
      [
        '4: There is no status `SECRET`; there are UNKNOWN, NOT_PERSONAL, PERSONAL, DEIDENTIFIED, PHI_LIMITED, PHI, LINKED_PROFILE, PHI_SPECIAL',
      ],
    ],
    [
      'policies:\n  - { name: p, zone: GENERAL, statuses: [PHI] }\n  - { name: q, zone: GENERAL, statuses: [] }',
      [
        '3: The zone GENERAL has the policy p already, and one zone has one policy; define p anew instead of q',
      ],
    ],
    [
      'policies:\n  - name: p\n    zone: GENERAL\n    statuses: []\n    mayCross:\n      - vpc: x',
      [
        '6: The selector asks for vpc, which says nothing of who moves data; ask for job, namespace or principal',
      ],
    ],
    ['boundaries: []\nboundaries: []', ['2: Map keys must be unique']],
    ['boundaries: [', [expect.stringMatching(/^1: Flow sequence in block collection/)]],
    [
      'boundaries: []\n---\npolicies: []',
      [expect.stringMatching(/^[12]: Source contains multiple documents/)],
    ],
  ])('%j', (text, expected) => {
    const problems = problemsIn(text)
    expect(problems.slice(0, expected.length)).toEqual(expected)
    // A syntax error may bring others with it.
    if (expected.every((one) => typeof one === 'string')) {
      expect(problems).toHaveLength(expected.length)
    }
  })

  it('an alias is no text and no list', () => {
    const laughs = ['boundaries: &a []', 'policies: *a'].join('\n')
    expect(problemsIn(laughs)).toEqual([
      '2: `policies` is a list: a line with a dash in front for each',
    ])
  })

  it('nesting without end', () => {
    expect(problemsIn('['.repeat(20_000)).length).toBeGreaterThan(0)
    expect(problemsIn(`boundaries: ${'- '.repeat(20_000)}`).length).toBeGreaterThan(0)
  })
})

test('whatever a text holds, it is read or has a problem', () => {
  const words = fc.constantFrom(
    'boundaries:',
    'policies:',
    '\n',
    '  ',
    '- ',
    'name: x',
    'zone: GENERAL',
    'selectors:',
    'statuses: [',
    ']',
    '{',
    '}',
    'tag: ',
    '&a',
    '*a',
    '!!int 5',
    '? ',
    '"',
    '|',
    '%',
    '\t',
    '\u0000',
  )
  const text = fc.oneof(
    fc.string(),
    fc.array(words).map((list) => list.join('')),
  )
  const check = fc.property(text, (given) => {
    const { wanted, problems } = readBoundaryFile(given)
    const isRead = wanted.boundaries !== undefined || wanted.policies !== undefined
    expect(isRead || problems.length > 0).toBe(true)
    for (const { line } of problems) expect(line).toBeGreaterThan(0)
  })
  fc.assert(check, { numRuns: 2000, seed: 7 })
})
