import type { Day } from '../time.ts'
import { calendar } from '../calendar.ts'
import { namesOf } from '../columns.ts'
import { tables } from '../tables.ts'

/** A step as somebody gave it to a cluster: its name, and the words of its command. */
export type Step = Readonly<{ name: string; jar: string; args: readonly string[] }>

const runner = 'command-runner.jar'
const ehr = 'jdbc:oracle:thin:@//ehr-db.larkmere.example:1521/ORCL'
const billing = 'jdbc:mysql://billing-db.larkmere.example:3306/billing?useSSL=true'

const { landedPatients, landedAccounts, rawClaims } = tables

const words = (command: string): readonly string[] => command.trim().split(/\s+/)

/** Patients out of the EHR: some of their columns, by a table import. */
export function importPatients(day: Day): Step {
  const columns = namesOf(landedPatients.fields).join(',')
  return {
    name: 'import patients',
    jar: runner,
    args: words(`
      sqoop import -Dmapreduce.job.queuename=nightly
      --connect ${ehr} --username etl_reader
      --password-file s3://larkmere-config/sqoop/ehr.file
      --table EHR.PATIENTS --columns ${columns} --split-by PATIENT_ID --num-mappers 4
      --target-dir ${landedPatients.namespace}/${landedPatients.name}/load_date=${day.date}
      --as-parquetfile`),
  }
}

/** Accounts out of the billing system: a query, in a shell that tidies up behind it. */
export function importAccounts(day: Day): Step {
  const columns = namesOf(landedAccounts.fields).join(', ')
  const script = `sqoop import --connect '${billing}' --username etl_reader \\
  --password-file s3://larkmere-config/sqoop/billing.file \\
  --query "SELECT ${columns} FROM accounts WHERE balance <> 0 AND \\$CONDITIONS" \\
  --split-by account_id --as-parquetfile \\
  --target-dir ${landedAccounts.namespace}/${landedAccounts.name}/load_date=${day.date} \\
  && hdfs dfs -rm -r -f /tmp/sqoop-accounts`
  const args = day.index === calendar.argumentsHidden ? [] : ['bash', '-c', script]
  return { name: 'import accounts', jar: runner, args }
}

/** The claims' import as it is kept in Sqoop under a name. */
export const createClaimsJob: Step = {
  name: 'define import_claims',
  jar: runner,
  args: words(`
    sqoop job --create import_claims -- import
    --connect ${billing} --username etl_reader
    --password-file s3://larkmere-config/sqoop/billing.file --table claims
    --incremental lastmodified --check-column updated_at --append
    --target-dir ${rawClaims.namespace}/${rawClaims.name} --as-parquetfile`),
}

/** Runs what is kept under that name. */
export const runClaimsJob: Step = {
  name: 'import claims',
  jar: runner,
  args: words('sqoop job --exec import_claims'),
}

/** The job that puts both together; what it reads, its own OpenLineage says. */
export const buildIndex: Step = {
  name: 'patient index',
  jar: runner,
  args: words(`
    spark-submit --deploy-mode cluster
    --conf spark.extraListeners=io.openlineage.spark.agent.OpenLineageSparkListener
    s3://larkmere-config/jobs/patient_index.py`),
}
