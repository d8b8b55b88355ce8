import type { Day, Micros } from '../time.ts'
import type { Identity } from './account.ts'
import type { Told } from './told.ts'
import { capitalsOf } from '../random.ts'
import { tables } from '../tables.ts'
import { secondsAfter, spanOn } from '../time.ts'
import { account, roleArn, sessionOf, userNamed } from './account.ts'
import { recordOf } from './record.ts'
import { part, touched } from './touch.ts'

/** A user takes a role, with that role another, and reads with the second. */
export function readInAChain(day: Day): readonly Told[] {
  const { at } = spanOn(day, 'chain', 1290, 1)
  const user = userNamed('night-desk')
  const [first, second] = [secondsAfter(at, 5), secondsAfter(at, 40)]
  const desk = sessionOf('larkmere-service-desk', { session: 'night-desk', since: first })
  const reader = sessionOf('larkmere-break-glass', { session: 'ticket-4711', since: second })
  return [
    assumed(first, user, desk, 'larkmere-service-desk'),
    assumed(second, desk, reader, 'larkmere-break-glass'),
    ...[0, 1, 2].map((index) =>
      touched(secondsAfter(second, 30 + 6 * index), 'GetObject', {
        files: tables.patientIndex,
        name: part(at, index),
        by: reader,
      }),
    ),
  ]
}

const words = new Intl.DateTimeFormat('en-US', {
  dateStyle: 'medium',
  timeStyle: 'medium',
  timeZone: 'UTC',
})

/** `Feb 12, 2026, 10:30:05 PM`, as answers in records write times. */
const wordedTime = (at: Micros) => words.format(at / 1000).replaceAll('\u202F', ' ')

function assumed(at: Micros, by: Identity, session: Identity, role: string): Told {
  const record = recordOf({
    at,
    call: 'sts:AssumeRole',
    by,
    request: {
      roleArn: roleArn(role),
      roleSessionName: String(session['arn']).split('/').at(-1) ?? '',
      durationSeconds: 3600,
    },
    response: {
      credentials: {
        accessKeyId: session.accessKeyId,
        sessionToken: `IQoJb3JpZ2luX2Vj${capitalsOf(`session token/${at}`, 64)}`,
        expiration: wordedTime(secondsAfter(at, 3600)),
      },
      assumedRoleUser: { assumedRoleId: session['principalId'], arn: session['arn'] },
    },
    readOnly: true,
    more: {
      resources: [{ accountId: account, type: 'AWS::IAM::Role', ARN: roleArn(role) }],
    },
  })
  return { way: 'trail', at, record }
}
