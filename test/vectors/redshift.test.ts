import type { Expectation, Vector } from './vector.ts'
import { describe, it } from 'vitest'
import { openWorld } from '../api/graphql/service.ts'
import { answeringByGraphql, expectVector } from './harness.ts'

const dwh = 'redshift://dwh.us-east-1:5439'
const lake = 's3://hospital-lake'
const context = { cluster: 'dwh', account: '123456789012', region: 'us-east-1' }

const line = (query: string, { xid = 1, second = 0 } = {}) => ({
  text: `'2026-03-02T06:00:${String(second).padStart(2, '0')}Z UTC [ db=dev user=loader pid=101 userid=100 xid=${xid} ]' LOG: ${query}\n`,
})

const lineage = (
  of: readonly [string, string],
  direction: 'UPSTREAM' | 'DOWNSTREAM',
  datasets: readonly (readonly [namespace: string, name: string])[],
): Expectation => ({
  lineage: { of, direction, depth: 20, asOf: null },
  datasets: datasets.map((dataset, depth) => ({
    dataset,
    upstream: direction === 'UPSTREAM' ? depth : null,
    downstream: direction === 'DOWNSTREAM' ? depth : null,
  })),
})

const cases: readonly Vector[] = [
  {
    id: 'from the lake through tables of the cluster and out again',
    rule: 'COPY, CREATE TABLE AS, INSERT with columns, UNLOAD, each with a transaction of its own',
    events: [
      line("copy stage.patients from 's3://hospital-lake/curated/patients/' iam_role 'r' parquet", {
        xid: 1,
      }),
      line('create table stage.clean as\n select mrn, upper(ward) as ward from stage.patients', {
        xid: 2,
        second: 1,
      }),
      line('insert into mart.wards (ward, patients) select ward, count(mrn) from stage.clean group by 1', {
        xid: 3,
        second: 2,
      }),
      line("unload ('select * from mart.wards') to 's3://exports/wards/' iam_role 'r'", {
        xid: 4,
        second: 3,
      }),
    ],
    expect: [
      lineage([lake, 'curated/patients'], 'DOWNSTREAM', [
        [lake, 'curated/patients'],
        [dwh, 'dev.stage.patients'],
        [dwh, 'dev.stage.clean'],
        [dwh, 'dev.mart.wards'],
        ['s3://exports', 'wards'],
      ]),
      lineage(['s3://exports', 'wards'], 'UPSTREAM', [
        ['s3://exports', 'wards'],
        [dwh, 'dev.mart.wards'],
        [dwh, 'dev.stage.clean'],
        [dwh, 'dev.stage.patients'],
        [lake, 'curated/patients'],
      ]),
      {
        columns: { of: [dwh, 'dev.mart.wards', 'patients'], direction: 'UPSTREAM', depth: 1 },
        edges: [
          {
            from: [dwh, 'dev.stage.clean', 'mrn'],
            to: [dwh, 'dev.mart.wards', 'patients'],
            type: 'DIRECT',
          },
          {
            from: [dwh, 'dev.stage.clean', 'ward'],
            to: [dwh, 'dev.mart.wards', null],
            type: 'INDIRECT',
          },
        ],
      },
    ],
  },
  {
    id: 'a table that takes the place of another',
    rule: 'a rename is a flow, and APPEND moves rows',
    events: [
      line("copy mart.visits_new from 's3://hospital-lake/visits/' iam_role 'r'", { xid: 1 }),
      line('alter table mart.visits_new rename to visits', { xid: 2, second: 1 }),
      line('alter table mart.history append from mart.visits', { xid: 3, second: 2 }),
    ],
    expect: [
      lineage([dwh, 'dev.mart.history'], 'UPSTREAM', [
        [dwh, 'dev.mart.history'],
        [dwh, 'dev.mart.visits'],
        [dwh, 'dev.mart.visits_new'],
        [lake, 'visits'],
      ]),
    ],
  },
  {
    id: 'a driver that logs each statement twice',
    rule: 'the same text of one transaction is one run, and one job through all of its literals',
    events: [
      line("insert into mart.t (a) select b from stage.s where c = '1'", { xid: 7 }),
      line("insert into mart.t (a) select b from stage.s where c = '1'", { xid: 7, second: 1 }),
      line("INSERT INTO mart.t (a)\nSELECT b FROM stage.s WHERE c = '22'", { xid: 8, second: 2 }),
    ],
    expect: [
      lineage([dwh, 'dev.mart.t'], 'UPSTREAM', [
        [dwh, 'dev.mart.t'],
        [dwh, 'dev.stage.s'],
      ]),
    ],
  },
  {
    id: 'what was rolled back',
    rule: 'between a BEGIN and its end a statement counts when that is a COMMIT',
    events: [
      line('begin', { xid: 20 }),
      line('insert into mart.kept (a) select b from stage.s', { xid: 20, second: 1 }),
      line('commit', { xid: 20, second: 2 }),
      line('BEGIN TRANSACTION', { xid: 21, second: 3 }),
      line('insert into mart.lost (a) select b from stage.s', { xid: 21, second: 4 }),
      line('rollback', { xid: 21, second: 5 }),
      line('begin', { xid: 22, second: 6 }),
      line('insert into mart.undone (a) select b from stage.s', { xid: 22, second: 7 }),
      line('Undoing 1 transactions on table 7 with current xid 22 : 22', { xid: 22, second: 8 }),
      line('insert into mart.plain (a) select b from mart.kept', { xid: 23, second: 9 }),
    ],
    expect: [
      lineage([dwh, 'dev.stage.s'], 'DOWNSTREAM', [
        [dwh, 'dev.stage.s'],
        [dwh, 'dev.mart.kept'],
        [dwh, 'dev.mart.plain'],
      ]),
    ],
  },
  {
    id: 'a star',
    rule: 'SELECT * goes column by column, by the schemas of that time',
    events: [
      line('create table stage.p (id int, ssn varchar(11))', { xid: 30 }),
      line('create table mart.p (patient int, number varchar(11))', { xid: 31, second: 1 }),
      line('insert into mart.p select * from stage.p', { xid: 32, second: 2 }),
    ],
    expect: [
      {
        columns: { of: [dwh, 'dev.mart.p', 'number'], direction: 'UPSTREAM', depth: 1 },
        edges: [
          {
            from: [dwh, 'dev.stage.p', 'ssn'],
            to: [dwh, 'dev.mart.p', 'number'],
            type: 'DIRECT',
          },
        ],
      },
    ],
  },
  {
    id: 'a star over a table that a query made',
    rule: 'the columns of a table that a statement makes are those of its query, in their order',
    events: [
      line('create table stage.q as select upper(name) as n, ssn from stage.p', { xid: 40 }),
      line('insert into mart.q (who, number) select * from stage.q', { xid: 41, second: 1 }),
    ],
    expect: [
      {
        columns: { of: [dwh, 'dev.mart.q', 'number'], direction: 'UPSTREAM', depth: 1 },
        edges: [
          {
            from: [dwh, 'dev.stage.q', 'ssn'],
            to: [dwh, 'dev.mart.q', 'number'],
            type: 'DIRECT',
          },
        ],
      },
    ],
  },
]

describe.each(cases)('$id', (told) => {
  it.each(['in their order', 'in reverse, twice'])('holds with its lines %s', async (how) => {
    await using world = await openWorld()
    const vector = { ...told, door: '/api/v1/events', context }
    if (how === 'in their order') await world.postTo(vector, vector.events)
    else for (const event of [...vector.events, ...vector.events].toReversed()) {
      await world.postTo(vector, [event])
    }
    await expectVector(
      vector,
      answeringByGraphql((query, variables) => world.answer(query, variables)),
    )
  })
})
