import type { Name } from './event.ts'
import type { World } from './service.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { columns, having, moved } from './event.ts'
import { openWorld } from './service.ts'

const patients: Name = ['postgres://ehr:5432', 'ehr.public.patients']
const extract: Name = ['s3://lake', 'open/extract']
const job: Name = ['etl', 'deid']

const ref = ([namespace, name]: Name, column?: string): string =>
  `{ namespace: ${JSON.stringify(namespace)}, name: ${JSON.stringify(name)}${
    column === undefined ? '' : `, column: ${JSON.stringify(column)}`
  } }`
const far = '"2099-01-01T00:00:00Z"'
const past = '"2020-01-01T00:00:00Z"'
const certifying = (more = `expires: ${far}`): string =>
  `certify(job: ${ref(job)}, outputs: [${ref(extract)}, ${ref(extract, 'age_band')}],
    method: EXPERT_DETERMINATION, signer: "Dr. Roe", ${more}, statement: "k is 11") {
    id state requestedBy approvedBy validFrom expires signer statement method
    job { namespace name } outputs { name } columns { name dataset { name } }
  }`

type Certified = Readonly<{ id: string; state: string }>

async function told(): Promise<World> {
  const world = await openWorld()
  await world.post(
    moved(job, {
      inputs: [having(patients, { schema: columns('mrn', 'zip', 'note') })],
      outputs: [having(extract, { schema: columns('age_band', 'state') })],
    }),
  )
  return world
}

describe('what a steward states', () => {
  let world: World
  let ann: string
  let bob: string
  beforeAll(async () => {
    world = await told()
    ann = await world.token('steward', undefined, 'Ann')
    bob = await world.token('steward', undefined, 'Bob')
  })
  afterAll(() => world[Symbol.asyncDispose]())

  const change = <Data = Record<string, never>>(mutation: string, token = ann): Promise<Data> =>
    world.answer<Data>(`mutation { it: ${mutation} }`, {}, token)
  const refusal = async (mutation: string, token = ann): Promise<readonly unknown[]> => {
    const before = world.service.ledger.head().entries
    const { codes, errors, data } = await world.ask(`mutation { it: ${mutation} }`, {}, token)
    expect([world.service.ledger.head().entries, data]).toEqual([before, null])
    return [codes[0], errors[0]?.message]
  }
  /** The statement of the newest entry about the dataset, as the ledger has it, and who made it. */
  const lastOf = async ([namespace, name]: Name) => {
    const { dataset } = await world.answer<{
      dataset: { evidence: { edges: readonly { node: { event: Record<string, unknown> } }[] } }
    }>(
      `query ($namespace: String!, $name: String!) { dataset(namespace: $namespace, name: $name) {
        evidence(first: 1) { edges { node { event } } } } }`,
      { namespace, name },
    )
    return dataset.evidence.edges[0]?.node.event
  }

  it('is an entry with the person who stated it, and is answered when it shows', async () => {
    const data = await change(
      `assertLabel(of: ${ref(patients, 'mrn')}, label: "ID.MRN", reason: "I know it") {
        labels { label column origin confidence coarse decision until }
      }`,
    )
    expect(data).toEqual({
      it: {
        labels: expect.arrayContaining([
          {
            label: 'ID.MRN',
            column: 'mrn',
            origin: 'ASSERTED',
            confidence: 1,
            coarse: false,
            decision: 'CONFIRMED',
            until: null,
          },
        ]),
      },
    })
    expect(await lastOf(patients)).toMatchObject({
      decision: 'state',
      person: 'Ann',
      statement: {
        says: 'label',
        of: { dataset: { namespace: patients[0], name: patients[1] }, column: 'mrn' },
        label: 'ID.MRN',
        holds: true,
        reason: 'I know it',
      },
    })
    const query = `{ dataset(namespace: "${patients[0]}", name: "${patients[1]}") {
      columns { edges { node { name labels { label origin } } } } } }`
    const { dataset } = await world.answer<{
      dataset: { columns: { edges: readonly { node: { name: string; labels: unknown[] } }[] } }
    }>(query)
    const column = dataset.columns.edges.find(({ node }) => node.name === 'mrn')
    expect(column?.node.labels).toContainEqual({ label: 'ID.MRN', origin: 'ASSERTED' })
  })

  it('speaks for its token when that stands for no person', async () => {
    const token = await world.token('steward')
    await change(
      `attest(of: ${ref(patients)}, attestation: { grain: INDIVIDUAL, healthSource: true }, reason: "x") { id }`,
      token,
    )
    expect(await lastOf(patients)).toMatchObject({
      person: expect.stringMatching(/^steward-/),
      statement: { says: 'attestation', attestation: { grain: 'INDIVIDUAL', healthSource: true } },
    })
  })

  it('is written down without what must not be', async () => {
    const secret = 'ask jane@example.org, password=hunter22'
    await change(`assertStatus(of: ${ref(patients)}, status: PHI, reason: "${secret}") { id }`)
    const event = JSON.stringify(await lastOf(patients))
    expect(event).toContain('"says":"status"')
    expect(event).not.toMatch(/hunter22|jane@/)
  })

  it('says what is the matter with a label that is none, and which are near', async () => {
    const [code, message] = await refusal(
      `assertLabel(of: ${ref(patients)}, label: "SSN", reason: "x") { id }`,
    )
    expect(code).toBe('LABEL_UNKNOWN')
    expect(message).toContain('ID.SSN')
    const group = await refusal(
      `assertLabel(of: ${ref(patients)}, label: "ID", reason: "x") { id }`,
    )
    expect(group[0]).toBe('LABEL_UNKNOWN')
    const asked = await world.ask(`{ explainLabel(of: ${ref(patients)}, label: "IDS") { others } }`)
    expect(asked.codes).toEqual(['LABEL_UNKNOWN'])
  })

  it('is refused of a dataset that was never seen, with names that are near', async () => {
    const near: Name = [patients[0], 'ehr.public.patient']
    const [code, message] = await refusal(
      `assertLabel(of: ${ref(near)}, label: "ID.SSN", reason: "x") { id }`,
    )
    expect([code, message]).toEqual(['NOT_FOUND', expect.stringContaining(`"${patients[1]}"`)])
  })

  it('is taken with a warning of a column that was never seen', async () => {
    const body = {
      query: `mutation { assertLabel(of: ${ref(patients, 'hidden')}, label: "ID.SSN", reason: "x") { id } }`,
    }
    const answer = await world.service.server.app.inject({
      method: 'POST',
      url: '/graphql',
      headers: { authorization: `Bearer ${ann}` },
      payload: body,
    })
    expect(answer.json()).toEqual({
      data: { assertLabel: { id: expect.any(String) } },
      extensions: {
        warnings: [
          {
            code: 'COLUMN_UNSEEN',
            path: 'of.column',
            message: expect.stringContaining('"hidden"'),
          },
        ],
      },
    })
    const [code] = await refusal(
      `assertLabel(of: ${ref(patients, 'password=hunter22')}, label: "ID.SSN", reason: "x") { id }`,
    )
    expect(code).toBe('ARGUMENT_INVALID')
  })

  it('is taken back by whoever may state it, and only where it was stated', async () => {
    const label = 'CLIN.NOTE'
    await change(
      `assertLabel(of: ${ref(patients, 'note')}, label: "${label}", reason: "free text") { id }`,
    )
    const [code, message] = await refusal(
      `withdrawLabel(of: ${ref(patients, 'zip')}, label: "${label}", reason: "x") { id }`,
    )
    expect([code, message]).toEqual(['NOT_FOUND', expect.stringContaining('"note"')])
    const { it: after } = await change<{
      it: { labels: readonly { label: string; decision: string }[] }
    }>(
      `withdrawLabel(of: ${ref(patients, 'note')}, label: "${label}", reason: "it is a code") {
        labels { label decision }
      }`,
      bob,
    )
    // A detector had found it, too: that is rejected, and stays so.
    expect(after.labels.filter((one) => one.label === label)).toEqual([
      { label, decision: 'REJECTED' },
    ])
    expect(await lastOf(patients)).toMatchObject({
      person: 'Bob',
      statement: { says: 'label', label, holds: false },
    })
  })

  it.each([
    [
      'a status of one column',
      `assertStatus(of: ${ref(patients, 'mrn')}, status: PHI, reason: "x")`,
    ],
    ['a blank reason', `assertStatus(of: ${ref(patients)}, status: PHI, reason: " ")`],
    ['nothing attested', `attest(of: ${ref(patients)}, attestation: {}, reason: "x")`],
    [
      'a smallest cell of nobody',
      `attest(of: ${ref(patients)}, attestation: { smallestCell: 0 }, reason: "x")`,
    ],
    [
      'a grain of one column',
      `attest(of: ${ref(patients, 'mrn')}, attestation: { grain: INDIVIDUAL }, reason: "x")`,
    ],
  ])('is refused when it is %s', async (_what, mutation) => {
    expect((await refusal(`${mutation} { id }`))[0]).toBe('ARGUMENT_INVALID')
  })

  describe('about boundaries and policies', () => {
    const define = (name: string, more = ''): string =>
      `defineBoundary(name: "${name}", zone: PROTECTED,
        selectors: [{ namespace: "postgres://ehr*" }, { tag: { key: "phi", value: "yes" }, account: "111122223333" }]${more}) {
        name zone version selectors { namespace name account region vpc tag job principal }
      }`

    it('counts on with every version, and is refused when it is of another', async () => {
      const first = await change(define('hospital', ', expectVersion: 0'))
      expect(first).toEqual({
        it: {
          name: 'hospital',
          zone: 'PROTECTED',
          version: 1,
          selectors: [
            expect.objectContaining({ namespace: 'postgres://ehr*', name: null, tag: null }),
            expect.objectContaining({ tag: 'phi:yes', account: '111122223333', namespace: null }),
          ],
        },
      })
      const [code, message] = await refusal(define('hospital', ', expectVersion: 0'))
      expect([code, message]).toEqual(['CONFLICT', expect.stringContaining('version 1')])
      expect(await change(define('hospital'))).toMatchObject({ it: { version: 2 } })
      const remove = (version: number): string =>
        `removeBoundary(name: "hospital", expectVersion: ${version}) { name version }`
      expect((await refusal(remove(1)))[0]).toBe('CONFLICT')
      expect(await change(remove(2))).toEqual({ it: { name: 'hospital', version: 3 } })
      const gone = await world.answer<{ boundaries: readonly { name: string }[] }>(
        '{ boundaries { name } }',
      )
      expect(gone.boundaries.map(({ name }) => name)).not.toContain('hospital')
      expect((await refusal(remove(3)))[0]).toBe('NOT_FOUND')
      expect(await change(define('hospital', ', expectVersion: 0'))).toMatchObject({
        it: { version: 4 },
      })
    })

    it('is one of two that expect the same version at one time', async () => {
      const raced = (more = ''): string =>
        `defineBoundary(name: "race", zone: GENERAL, selectors: [{ namespace: "kafka://race" }]${more}) { version }`
      await change(raced())
      const both = await Promise.all(
        [ann, bob].map((token) =>
          world.ask(`mutation { ${raced(', expectVersion: 1')} }`, {}, token),
        ),
      )
      expect(both.flatMap(({ codes }) => codes)).toEqual(['CONFLICT'])
    })

    it('says what may lie in a zone, and what may carry more there', async () => {
      const data = await change(
        `definePolicy(name: "general", zone: GENERAL, statuses: [NOT_PERSONAL, DEIDENTIFIED, NOT_PERSONAL],
          mayCross: [{ principal: "arn:aws:iam::111122223333:role/export" }], expectVersion: 0) {
          name zone statuses version mayCross { principal }
        }`,
      )
      expect(data).toEqual({
        it: {
          name: 'general',
          zone: 'GENERAL',
          statuses: ['NOT_PERSONAL', 'DEIDENTIFIED'],
          version: 1,
          mayCross: [{ principal: 'arn:aws:iam::111122223333:role/export' }],
        },
      })
    })

    it.each([
      ['no selector', 'selectors: []'],
      ['a selector that is empty', 'selectors: [{}]'],
      ['a selector that is blank', 'selectors: [{ name: "" }]'],
      ['a selector of what nothing has', 'selectors: [{ name: "a", job: "b" }]'],
      ['a selector with a secret', 'selectors: [{ name: "x/password=hunter22" }]'],
    ])('is refused with %s', async (_what, selectors) => {
      const mutation = `defineBoundary(name: "b", zone: GENERAL, ${selectors}) { name }`
      expect((await refusal(mutation))[0]).toBe('ARGUMENT_INVALID')
    })

    it('is refused with more selectors than there may be', async () => {
      const many = Array.from({ length: 1001 }, () => '{ name: "a" }').join(' ')
      const { codes } = await world.ask(
        `mutation { defineBoundary(name: "b", zone: GENERAL, selectors: [${many}]) { name } }`,
        {},
        ann,
      )
      expect(codes).toEqual(['LIMIT_EXCEEDED'])
    })

    it('is refused when it could not be told from what there is', async () => {
      const selectors = 'selectors: [{ namespace: "kafka://tied" }]'
      await change(`defineBoundary(name: "one", zone: GENERAL, ${selectors}) { name }`)
      const tied = `defineBoundary(name: "two", zone: PROTECTED, ${selectors}) { name }`
      expect((await refusal(tied))[0]).toBe('SELECTOR_TIED')
      const other = 'definePolicy(name: "other", zone: EXTERNAL, statuses: [], mayCross: [])'
      await change(`${other} { name }`)
      expect((await refusal(`${other.replace('"other"', '"another"')} { name }`))[0]).toBe(
        'POLICY_CONTRADICTED',
      )
    })
  })

  describe('about certificates', () => {
    const ask = async (token = ann): Promise<Certified> =>
      (await change<{ it: Certified }>(certifying(), token)).it
    const approve = (id: string): string =>
      `approveCertificate(id: "${id}", reason: "as it should be") { id state approvedBy }`

    it('is asked for by one person and approved by another', async () => {
      const { it: asked } = await change<{ it: Certified }>(
        certifying(`validFrom: ${past}, expires: ${far}`),
      )
      expect(asked).toEqual({
        id: expect.stringMatching(/^certificate_/),
        state: 'REQUESTED',
        requestedBy: 'Ann',
        approvedBy: null,
        validFrom: '2020-01-01T00:00:00Z',
        expires: '2099-01-01T00:00:00Z',
        signer: 'Dr. Roe',
        statement: 'k is 11',
        method: 'EXPERT_DETERMINATION',
        job: { namespace: job[0], name: job[1] },
        outputs: [{ name: extract[1] }],
        columns: [{ name: 'age_band', dataset: { name: extract[1] } }],
      })
      expect(await change(approve(asked.id), bob)).toEqual({
        it: { id: asked.id, state: 'VALID', approvedBy: 'Bob' },
      })
      expect((await refusal(approve(asked.id), bob))[0]).toBe('REFUSED')
      const revoke = `revokeCertificate(id: "${asked.id}", reason: "it was wrong") { state }`
      expect(await change(revoke)).toEqual({ it: { state: 'REVOKED' } })
      expect((await refusal(revoke))[0]).toBe('REFUSED')
      expect((await refusal(approve(asked.id), bob))[0]).toBe('REFUSED')
    })

    it.each(['Ann', 'ann', 'ＡＮＮ'])('is not approved by another token of %j', async (person) => {
      const { id } = await ask()
      const [code, message] = await refusal(
        approve(id),
        await world.token('admin', undefined, person),
      )
      expect([code, message]).toEqual(['REFUSED', expect.stringContaining('another person')])
    })

    it('needs a person on either side', async () => {
      const nobody = await world.token('steward')
      const [asking, how] = await refusal(certifying(), nobody)
      expect([asking, how]).toEqual(['REFUSED', expect.stringContaining('--person')])
      const { id } = await ask()
      expect((await refusal(approve(id), nobody))[0]).toBe('REFUSED')
    })

    it('is another one each time, so that what was revoked stays so', async () => {
      const [one, other] = [await ask(), await ask()]
      expect(one.id).not.toBe(other.id)
      const { certificates } = await world.answer<{
        certificates: {
          edges: readonly { node: Certified; cursor: string }[]
          pageInfo: { hasNextPage: boolean }
          behind: boolean
        }
      }>(
        '{ certificates(states: [REQUESTED]) { edges { node { id state } cursor } pageInfo { hasNextPage } behind } }',
      )
      const ids = certificates.edges.map(({ node }) => node.id)
      expect(ids.slice(-2)).toEqual([one.id, other.id])
      expect(certificates).toMatchObject({ behind: false, pageInfo: { hasNextPage: false } })
      const page = `{ certificates(first: 1, after: "${certificates.edges.at(-2)?.cursor}") {
        edges { node { id } } pageInfo { hasNextPage } } }`
      expect(await world.answer(page)).toEqual({
        certificates: { edges: [{ node: { id: other.id } }], pageInfo: { hasNextPage: false } },
      })
      expect((await world.ask('{ certificates(after: "x") { behind } }')).codes).toEqual([
        'ARGUMENT_INVALID',
      ])
    })

    it.each([
      ['a past end', certifying(`expires: ${past}`), 'ARGUMENT_INVALID'],
      [
        'an end before its start',
        certifying(`validFrom: ${far}, expires: "2098-01-01"`),
        'ARGUMENT_INVALID',
      ],
      ['no outputs', certifying().replace(/outputs: \[.*\],/, 'outputs: [],'), 'ARGUMENT_INVALID'],
      ['a job that is not there', certifying().replace('"deid"', '"no"'), 'NOT_FOUND'],
      ['a job by half a name', certifying().replace('name: "deid"', 'id: "x"'), 'ARGUMENT_INVALID'],
      ['an output that is not there', certifying().replaceAll('open/extract', 'no'), 'NOT_FOUND'],
      ['a blank signer', certifying().replace('Dr. Roe', ' '), 'ARGUMENT_INVALID'],
      ['a certificate that is none', 'revokeCertificate(id: "x", reason: "x") { id }', 'NOT_FOUND'],
    ])('is refused with %s', async (_what, mutation, code) => {
      expect((await refusal(mutation))[0]).toBe(code)
    })
  })

  describe('about findings', () => {
    it('is refused of one that is not there, and of a time that is past', async () => {
      const decide = (more: string): string =>
        `decideFinding(id: "finding_none", reason: "x", ${more}) { id }`
      expect((await refusal(decide('status: RESOLVED')))[0]).toBe('NOT_FOUND')
      expect((await refusal(decide(`status: ACCEPTED, until: ${past}`)))[0]).toBe(
        'ARGUMENT_INVALID',
      )
      expect((await refusal(decide(`status: RESOLVED, until: ${far}`)))[0]).toBe('ARGUMENT_INVALID')
      expect((await refusal('assignFinding(id: "finding_none", assignee: "jane") { id }'))[0]).toBe(
        'NOT_FOUND',
      )
    })

    it('is its history, with who decided and why', async () => {
      await using fresh = await told()
      const { findings } = await fresh.answer<{
        findings: { edges: readonly { node: { id: string } }[]; behind: boolean }
      }>('{ findings(kinds: [SETUP], statuses: [OPEN]) { edges { node { id } } behind } }')
      const id = findings.edges[0]?.node.id ?? ''
      expect(findings.behind).toBe(false)
      const token = await fresh.token('steward', undefined, 'Ann')
      const decided = await fresh.answer(
        `mutation { decideFinding(id: "${id}", status: ACCEPTED, reason: "next week", until: ${far}) {
          id status history { by status reason until } } }`,
        {},
        token,
      )
      expect(decided).toEqual({
        decideFinding: {
          id,
          status: 'ACCEPTED',
          history: expect.arrayContaining([
            { by: 'Ann', status: 'ACCEPTED', reason: 'next week', until: '2099-01-01T00:00:00Z' },
          ]),
        },
      })
      const assigned = `mutation { assignFinding(id: "${id}", assignee: "jane@example.org", comment: "please") {
        assignee } }`
      expect(await fresh.answer(assigned, {}, token)).toEqual({
        assignFinding: { assignee: 'jane@example.org' },
      })
      expect(await fresh.answer(`{ node(id: "${id}") { __typename id } }`)).toEqual({
        node: { __typename: 'Finding', id },
      })
    })
  })
})

describe('a token that is limited to namespaces', () => {
  let world: World
  let limited: string
  beforeAll(async () => {
    world = await told()
    limited = await world.token('steward', [extract[0]], 'Lim')
    await world.answer(
      `mutation { defineBoundary(name: "hospital", zone: PROTECTED,
        selectors: [{ namespace: "postgres://ehr*" }, { namespace: "s3://lake", name: "safe/**" }]) { name } }`,
    )
    await world.answer(`mutation { ${certifying()} }`)
    await world.answer(
      `mutation { assertStatus(of: ${ref(patients)}, status: PHI, reason: "of the clinic") { id } }`,
    )
  })
  afterAll(() => world[Symbol.asyncDispose]())

  const codes = async (mutation: string): Promise<readonly string[]> =>
    (await world.ask(`mutation { ${mutation} }`, {}, limited)).codes

  it('states things only of what it may see', async () => {
    const label = (name: Name): string =>
      `assertLabel(of: ${ref(name)}, label: "ID.SSN", reason: "x") { id }`
    expect(await codes(label(extract))).toEqual([])
    expect(await codes(label(patients))).toEqual(['NOT_FOUND'])
    expect(await codes(certifying())).toEqual(['NOT_FOUND'])
  })

  it('decides about nothing that is about everybody', async () => {
    const selectors = 'selectors: [{ name: "a" }]'
    expect(await codes(`defineBoundary(name: "b", zone: GENERAL, ${selectors}) { name }`)).toEqual([
      'FORBIDDEN',
    ])
    expect(await codes('removeBoundary(name: "hospital") { name }')).toEqual(['FORBIDDEN'])
    expect(
      await codes('definePolicy(name: "p", zone: GENERAL, statuses: [], mayCross: []) { name }'),
    ).toEqual(['FORBIDDEN'])
  })

  it('sees no certificate, selector or finding that tells of what is hidden', async () => {
    const { text, errors, data } = await world.ask(
      `{ boundaries { name selectors { namespace name } } certificates { edges { node { id } } }
         policies { name mayCross { job } } findings(statuses: [OPEN, ACCEPTED, RESOLVED]) {
           edges { node { id kind title detail datasets { name } flow { inputs { name } job { name } } history { by reason }
             principals { id } evidence { edges { node { event } } } } } }
         footprint(atLeast: UNKNOWN) { edges { node { dataset { name } because } } } }`,
      {},
      limited,
    )
    expect(errors).toEqual([])
    for (const word of ['ehr', 'patients', 'etl', 'deid']) expect(text).not.toContain(word)
    expect(data).toMatchObject({
      boundaries: [{ name: 'hospital', selectors: [{ namespace: 's3://lake', name: 'safe/**' }] }],
      certificates: { edges: [] },
      findings: {
        edges: [
          {
            node: {
              kind: 'CROSSING',
              title: 'CROSSING: A dataset, flow or job of it is hidden from you',
              datasets: [{ name: extract[1] }],
              flow: { inputs: [], job: null },
              principals: [],
            },
          },
        ],
      },
    })
    const { findings } = data as {
      findings: { edges: readonly { node: { id: string } }[] }
    }
    const id = findings.edges[0]?.node.id
    expect(await codes(`decideFinding(id: "${id}", status: RESOLVED, reason: "x") { id }`)).toEqual(
      ['FORBIDDEN'],
    )
  })
})

describe('an auditor', () => {
  it('reads what governance says and decides nothing', async () => {
    await using world = await told()
    const token = await world.token('auditor', undefined, 'Aude')
    const data = await world.answer(
      `{ dataset(namespace: "${patients[0]}", name: "${patients[1]}") { status grain labels { label } boundary { zone why } }
         footprint { behind } findings { behind } boundaries { name } policies { name } certificates { behind }
         explainStatus(of: ${ref(patients)}) { status rule because { label } chains { steps { __typename } } }
         preview(change: { withdrawLabel: { of: ${ref(patients)}, label: "ID.SSN" } }) { opens { id } completeness { behind } } }`,
      {},
      token,
    )
    expect(data).toMatchObject({ dataset: { status: expect.any(String) } })
    for (const mutation of [
      certifying(),
      `assertStatus(of: ${ref(patients)}, status: PHI, reason: "x") { id }`,
    ]) {
      const { codes } = await world.ask(`mutation { ${mutation} }`, {}, token)
      expect(codes).toEqual(['FORBIDDEN'])
    }
  })
})
