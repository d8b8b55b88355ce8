import type { Detector, Find, Scrubbed } from '../../../src/ingest/scrub/index.ts'
import type { Json } from '../../../src/model/index.ts'
import { describe, expect, test } from 'vitest'
import { scrub as rules } from '../../scrub.ts'
import { parseJson } from '../../../src/model/index.ts'
import { eventWith, inSql } from './places.ts'

const scrubbed = (event: Json): Scrubbed => rules.event(event, 'openlineage')
const found = (detector: Detector, path: string, count = 1): Find => ({ detector, path, count })

/** The statement after scrubbing. */
function sqlOf(query: string): string {
  const text = JSON.stringify(scrubbed(inSql(query)).value)
  return JSON.parse(/"query":("(?:[^"\\]|\\.)*")/.exec(text)?.[1] ?? '""')
}

describe('what is given back', () => {
  test('is the same object when nothing is found', () => {
    const event = eventWith({ run: { clinic: { a: [1, 'x', null, true, { b: {} }] } } })
    const { value, finds } = scrubbed(event)
    expect(value).toBe(event)
    expect(finds).toEqual([])
  })

  test('keeps keys, order, lengths, and what is beside a find', () => {
    const event = { z: 1, db: { password: 'x', tries: 3, ok: true, none: null }, a: ['', 'b@c.de'] }
    expect(JSON.stringify(scrubbed(event).value)).toBe(
      '{"z":1,"db":{"password":"[scrubbed:password]","tries":3,"ok":true,"none":null},' +
        '"a":["","[scrubbed:email]"]}',
    )
  })

  test('keeps the shape of what lies under a secret name', () => {
    const event = { credentials: { user: 'u', keys: ['k', 7], valid: true, more: {} } }
    expect(scrubbed(event).value).toEqual({
      credentials: {
        user: '[scrubbed:credential]',
        keys: ['[scrubbed:credential]', '[scrubbed:credential]'],
        valid: true,
        more: {},
      },
    })
  })

  test('keeps a number beyond what a double holds', () => {
    const text = '{"snapshotId":9223372036854775807,"note":"a@b.de"}'
    expect(JSON.stringify(scrubbed(parseJson(text)).value)).toBe(
      '{"snapshotId":9223372036854775807,"note":"[scrubbed:email]"}',
    )
  })

  test('has a key called __proto__ like any other, and what lies under it is read', () => {
    const { value, finds } = scrubbed(parseJson('{"__proto__":{"password":"x","a":1}}'))
    expect(JSON.stringify(value)).toBe('{"__proto__":{"password":"[scrubbed:password]","a":1}}')
    expect(finds).toEqual([found('password', '/__proto__/password')])
  })

  test('may be nested as deep as JSON is read', () => {
    const text = '{"a":['.repeat(255) + '"x@y.de"' + ']}'.repeat(255)
    const { value, finds } = scrubbed(parseJson(text))
    expect(JSON.stringify(value)).toBe(text.replace('x@y.de', '[scrubbed:email]'))
    expect(finds).toHaveLength(1)
  })

  test('reads each event of a list by the same places', () => {
    const event = eventWith({ inputIs: { namespace: 's3://b', name: '219-09-9998' } })
    expect(scrubbed([event]).value).toEqual([event])
  })
})

describe('what is found', () => {
  test('is told with its path, and how often it is there', () => {
    const event = { a: { 'b/c~d': ['x', 'e@f.de, g@h.de and 219-09-9998'] } }
    expect(scrubbed(event).finds).toEqual([
      found('email', '/a/b~1c~0d/1', 2),
      found('ssn', '/a/b~1c~0d/1'),
    ])
  })

  test('has a path without the secret of a key; keys stay distinct', () => {
    const event = { to: { 'a@b.de': 1, 'c@d.de': { token: 'x' }, '[scrubbed:email]#2': 2 } }
    const { value, finds } = scrubbed(event)
    expect(value).toEqual({
      to: {
        '[scrubbed:email]': 1,
        '[scrubbed:email]#3': { token: '[scrubbed:token]' },
        '[scrubbed:email]#2': 2,
      },
    })
    expect(finds).toEqual([
      found('email', '/to/[scrubbed:email]'),
      found('email', '/to/[scrubbed:email]#3'),
      found('token', '/to/[scrubbed:email]#3/token'),
    ])
  })

  test('ends at the string when it lies in JSON within it', () => {
    const { value, finds } = scrubbed({ conf: '{"a": {"password": "x", "n": 9007199254740993}}' })
    expect(value).toEqual({ conf: '{"a":{"password":"[scrubbed:password]","n":9007199254740993}}' })
    expect(finds).toEqual([found('password', '/conf')])
  })

  test('is no marker, wherever one stands', () => {
    const event = {
      password: '[scrubbed:password]',
      text: 'token=[scrubbed:token], ssn [scrubbed:ssn] https://[scrubbed:uri-userinfo]@h',
    }
    expect(scrubbed(event)).toEqual({ value: event, finds: [] })
  })

  test('is a secret that looks like a marker of no detector', () => {
    expect(scrubbed({ password: '[scrubbed:hunter2]' }).finds).toHaveLength(1)
  })
})

describe('a statement', () => {
  test.each([
    ['select \'a\' || "b" from t', 'select \'a\' || "b" from t'],
    [
      "insert into p (name, ssn) values ('Roe', '219099998'), ('Doe', 219099997) -- a@b.de",
      "insert into p (name, ssn) values ('Roe', '[scrubbed:ssn]'), ('Doe', '[scrubbed:ssn]') -- [scrubbed:email]",
    ],
    [
      "create user u identified by 'x' ; alter user v identified by tiger account unlock",
      'create user u identified by \'[scrubbed:password]\' ; alter user v identified by "[scrubbed:password]" account unlock',
    ],
    [
      "copy t from 's3://k:s@b/x' access_key_id 'i' secret_access_key 's' csv",
      "copy t from 's3://[scrubbed:uri-userinfo]@b/x' access_key_id '[scrubbed:aws-access-key-id]' secret_access_key '[scrubbed:aws-secret-key]' csv",
    ],
    [
      "select * from a join b on a.token = b.token where a.token in ('x', 'y') and a.k = 'z'",
      "select * from a join b on a.token = b.token where a.token in ('[scrubbed:token]', '[scrubbed:token]') and a.k = 'z'",
    ],
    [
      'insert overwrite table x partition (d="2026-02-03") select * from y where mail = "a@b.de"',
      'insert overwrite table x partition (d="2026-02-03") select * from y where mail = "[scrubbed:email]"',
    ],
    [
      'select "u"."password" from "u" where "u"."password" = "v"."password"',
      'select "u"."password" from "u" where "u"."password" = "v"."password"',
    ],
    [
      "exec sp_addlogin @name = N'etl', @password = N'x'; select [password] from t where [password] = 'y'",
      "exec sp_addlogin @name = N'etl', @password = N'[scrubbed:password]'; select [password] from t where [password] = '[scrubbed:password]'",
    ],
    [
      "create function f() as $body$ select 'a@b.de' $body$ language sql",
      "create function f() as $body$ select '[scrubbed:email]' $body$ language sql",
    ],
    [
      "load data inpath '/in/219-09-9998.csv' into table t",
      "load data inpath '/in/[scrubbed:ssn].csv' into table t",
    ],
  ])('%s', (statement, expected) => {
    expect(sqlOf(statement)).toBe(expected)
  })
})

describe('scrubText', () => {
  test('reads a body that is no JSON', () => {
    const body =
      '{"job":{"name":"j"},"password":"hunter2","env":[{"name":"API_KEY","value":"k1"}],' +
      '"credentials":{"a":"b"},"ssn":"219099998","note":"a@b.de'
    const { text, finds } = rules.text(body)
    for (const gone of ['hunter2', 'k1', '"b"', '219099998', 'a@b.de']) {
      expect(text).not.toContain(gone)
    }
    expect(text).toContain('{"job":{"name":"j"},"password":"[scrubbed:password]"')
    expect(new Set(finds.map(({ detector }) => detector))).toEqual(
      new Set<Detector>(['password', 'api-key', 'credential', 'ssn', 'email']),
    )
    expect(finds.every(({ path }) => path === '')).toBe(true)
  })

  test('leaves a text without a find as it is', () => {
    const text = 'no such file: /tmp/1729097570970/part-00000 (exit code 137)'
    expect(rules.text(text)).toEqual({ text, finds: [] })
  })
})
