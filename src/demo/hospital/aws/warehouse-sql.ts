import type { Table } from '../tables.ts'
import type { Day } from '../time.ts'
import { namesOf } from '../columns.ts'
import { tables } from '../tables.ts'
import { roleArn } from './account.ts'

const copyRole = roleArn('larkmere-redshift-copy')
const unloadRole = roleArn('larkmere-redshift-unload')
const { patientIndex, stagedIndex, patientAccount, accountBalance, patientExport } = tables
const { bedsideHourly, bedsideMart, researchAccounts } = tables

/** A table as statements name it: its database is that of the session. */
const inSession = ({ name }: Table) => name.split('.').slice(1).join('.')
const folder = ({ namespace, name }: Table) => `${namespace}/${name}/`
const columnsIn = (table: Table) => namesOf(table.fields).join(', ')

/** What an administrator once made, by hand. */
export const made: readonly string[] = [stagedIndex, patientAccount, bedsideMart].map(
  (table) =>
    `create table if not exists ${inSession(table)} (${table.fields
      .map(({ name, type }) => `${name} ${typeInRedshift(type)}`)
      .join(', ')})`,
)

function typeInRedshift(type: string): string {
  return type === 'string' ? 'varchar(64)' : type === 'double' ? 'double precision' : type
}

/** Files into staging and on into the mart: all of it or nothing. */
export const loadAccounts: readonly string[] = [
  'begin',
  `delete from ${inSession(stagedIndex)}`,
  `copy ${inSession(stagedIndex)} (${columnsIn(stagedIndex)})
 from '${folder(patientIndex)}'
 iam_role '${copyRole}'
 format as parquet`,
  `delete from ${inSession(patientAccount)}`,
  `insert into ${inSession(patientAccount)} (${columnsIn(patientAccount)})
 select i.patient_id, i.mrn, i.ssn, i.zip, count(i.account_id), sum(i.balance)
 from ${inSession(stagedIndex)} i
 group by i.patient_id, i.mrn, i.ssn, i.zip`,
  'commit',
]

/** A table that is made anew each time, without a transaction around it. */
export const rebuildBalances: readonly string[] = [
  `drop table if exists ${inSession(accountBalance)}`,
  `create table ${inSession(accountBalance)} as
 select zip, count(patient_id) as patients, sum(balance) as balance
 from ${inSession(patientAccount)}
 group by zip`,
]

export const loadBedside: readonly string[] = [
  `copy ${inSession(bedsideMart)} (${columnsIn(bedsideMart)}) from '${folder(bedsideHourly)}' iam_role '${copyRole}' format as parquet`,
]

/** Figures for research, without the people behind them. */
export const unloadResearch: readonly string[] = [
  `unload ('select ''larkmere'' as hospital, left(zip, 3) as zip3, sum(accounts) as accounts, sum(balance) as balance from ${inSession(patientAccount)} group by left(zip, 3)')
 to '${folder(researchAccounts)}'
 iam_role '${unloadRole}'
 format as parquet allowoverwrite`,
]

/** Somebody thought better of it: there is no such table, and nothing went there. */
export const exportAndRollBack: readonly string[] = [
  'begin',
  `create table ${inSession(patientExport)} as select mrn, ssn, full_name, birth_date from ${inSession(stagedIndex)}`,
  'rollback',
]

/** A report that only looks. */
export const report = (day: Day): string =>
  `select zip, balance from ${inSession(accountBalance)} where balance > 0 order by balance desc limit ${10 + (day.index % 5)}`
