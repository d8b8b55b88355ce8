import type { JsonObject } from '../event.ts'
import type { Day } from '../time.ts'
import type { Told } from './told.ts'
import { calendar, isExtractDay, isScoringDay, isWorkday } from '../calendar.ts'
import { uuidOf } from '../random.ts'
import { tables } from '../tables.ts'
import { secondsAfter, secondTime, spanOn, timeOn } from '../time.ts'
import { account, partnerAccount, serviceSession, sessionOf, strangerOf } from './account.ts'
import { readInAChain } from './role-chain.ts'
import { part, touched } from './touch.ts'

/**
 * Who touches objects: jobs by their roles, the warehouse, Firehose, a person by single sign-on, a
 * partner, somebody through two roles one after the other, and one who is refused.
 */
export function readersDay(day: Day): readonly Told[] {
  return [
    ...firehose(day),
    ...(isWorkday(day) ? [...jobs(day), ...warehouse(day)] : []),
    ...(isScoringDay(day) ? analyst(day) : []),
    ...(isExtractDay(day) ? partner(day) : []),
    ...(day.index === calendar.readInAChain ? readInAChain(day) : []),
    ...(day.index === calendar.partnerRefused ? [refused(day)] : []),
  ]
}

const node = 'i-0c5d1e7a90b2f3846'

function firehose(day: Day): readonly Told[] {
  const folder = `${day.date.replaceAll('-', '/')}/`
  return [250, 1010].map((minutes) => {
    const { at } = spanOn(day, `firehose/${minutes}`, minutes, 1)
    const by = serviceSession('larkmere-firehose', 'AWSFirehoseToS3', at)
    const time = secondTime(at).slice(0, 19).replaceAll(/[T:]/g, '-')
    return touched(at, 'PutObject', {
      files: tables.rawBedside,
      below: folder,
      name: `bedside-to-lake-1-${time}-${uuidOf(`firehose/${at}`)}`,
      by: { ...by, invokedBy: 'firehose.amazonaws.com' },
      more: byService('firehose'),
    })
  })
}

const byService = (service: string): JsonObject => ({
  sourceIPAddress: `${service}.amazonaws.com`,
  userAgent: `${service}.amazonaws.com`,
  tlsDetails: undefined,
})

/** Sqoop writes what it imported, and the night's Spark job reads that and writes the index. */
function jobs(day: Day): readonly Told[] {
  const of = (minutes: number, key: string) => spanOn(day, `objects/${key}`, minutes, 1).at
  const by = serviceSession('larkmere-emr-ec2', node, timeOn(day, 20))
  const below = `load_date=${day.date}/`
  const landed = of(27, 'landed')
  const read = of(47, 'read')
  const index = of(53, 'index')
  return [
    touched(landed, 'PutObject', {
      files: tables.landedPatients,
      below,
      name: part(landed, 0),
      by,
    }),
    touched(read, 'GetObject', { files: tables.landedPatients, below, name: part(landed, 0), by }),
    touched(secondsAfter(read, 2), 'GetObject', {
      files: tables.landedAccounts,
      below,
      name: part(landed, 1),
      by,
    }),
    touched(index, 'PutObject', { files: tables.patientIndex, name: part(index, 0), by }),
  ]
}

function warehouse(day: Day): readonly Told[] {
  const { at } = spanOn(day, 'objects/copy', 190, 1)
  const session = serviceSession('larkmere-redshift-copy', 'RedshiftIamRoleSession', at)
  const by = { ...session, invokedBy: 'redshift.amazonaws.com' }
  return [0, 1].map((index) =>
    touched(secondsAfter(at, 8 + index), 'GetObject', {
      files: tables.patientIndex,
      name: part(at, index),
      by,
      more: byService('redshift'),
    }),
  )
}

/** A person who signed in with the hospital's own directory: the role is only what carried it. */
function analyst(day: Day): readonly Told[] {
  const { at } = spanOn(day, 'analyst', 565, 1)
  const directory = `arn:aws:identitystore::${account}:identitystore/d-90670ca7ab`
  const by = sessionOf('aws-reserved/sso.amazonaws.com/AWSReservedSSO_Analyst_7f3a91c2', {
    session: 'care-analyst-3',
    since: secondsAfter(at, -600),
    more: {
      onBehalfOf: {
        userId: '94482488-3041-7076-c3a2-4f1e6a7d9b10',
        identityStoreArn: directory,
      },
    },
  })
  return [0, 1].map((index) =>
    touched(secondsAfter(at, 4 * index), 'GetObject', {
      files: tables.patientIndex,
      name: part(at, index),
      by,
    }),
  )
}

/** The partner reads its extract from an account of its own, of which the owner sees ids only. */
function partner(day: Day): readonly Told[] {
  const { at } = spanOn(day, 'partner', 602, 1)
  const by = strangerOf(partnerAccount, 'northfold-readmission')
  return [tables.deidPatients, tables.deidEncounters].map((files, index) =>
    touched(secondsAfter(at, 3 * index), 'GetObject', {
      files,
      name: part(at, 0),
      by,
      more: { sharedEventID: uuidOf(`shared/${at}/${index}`) },
    }),
  )
}

function refused(day: Day): Told {
  const { at } = spanOn(day, 'refused', 615, 1)
  return touched(at, 'GetObject', {
    files: tables.patientIndex,
    name: part(at, 0),
    by: strangerOf(partnerAccount, 'northfold-readmission'),
    more: {
      errorCode: 'AccessDenied',
      errorMessage: 'Access Denied',
      responseElements: null,
    },
  })
}
