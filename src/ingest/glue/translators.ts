import type { CloudTrailEvent } from '../cloudtrail/event.ts'
import type { NativeEvent } from '../eventbridge/event.ts'
import type { Translator, Translators } from '../translator.ts'
import { glueDatabaseChanged, glueTableChanged } from './catalog-change.ts'
import { deleteGlueCrawler, glueCrawler, startGlueCrawler } from './crawler.ts'
import { deleteGlueDatabase, glueDatabase } from './database.ts'
import { deleteGlueJob, glueJobDefined, startGlueJobRun } from './job.ts'
import { deleteGluePartitions, gluePartitions } from './partition.ts'
import { glueCrawlerChanged, glueJobRunChanged } from './state-change.ts'
import { deleteGlueTables, glueTable } from './table.ts'

type Call = Translator<CloudTrailEvent>['translate']

export const glueCalls: Translators<CloudTrailEvent> = {
  'glue:BatchCreatePartition': partitions(gluePartitions),
  'glue:BatchDeletePartition': fewer(deleteGluePartitions),
  'glue:BatchDeleteTable': dropped('tables', deleteGlueTables),
  'glue:BatchUpdatePartition': partitions(gluePartitions),
  'glue:CreateCrawler': crawler(glueCrawler),
  'glue:CreateDatabase': {
    gives: 'the database, its description, its location, what it is a link to',
    proof: 'inferred',
    translate: glueDatabase('CREATE'),
  },
  'glue:CreateJob': job(glueJobDefined),
  'glue:CreatePartition': partitions(gluePartitions),
  'glue:CreateTable': {
    gives:
      'the table or view: its columns, description and location, what it is a link to, what a view is made of',
    proof: 'inferred',
    translate: glueTable('CREATE'),
  },
  'glue:DeleteCrawler': ended('crawler', deleteGlueCrawler),
  'glue:DeleteDatabase': dropped('database', deleteGlueDatabase),
  'glue:DeleteJob': ended('job', deleteGlueJob),
  'glue:DeletePartition': fewer(deleteGluePartitions),
  'glue:DeleteTable': dropped('table', deleteGlueTables),
  'glue:StartCrawler': {
    gives: 'the crawler; its runs have no id',
    proof: 'inferred',
    translate: startGlueCrawler,
  },
  'glue:StartJobRun': {
    gives: 'the run and when it began; locations among its arguments, unresolved',
    proof: 'inferred',
    translate: startGlueJobRun,
  },
  'glue:UpdateCrawler': crawler(glueCrawler),
  'glue:UpdateDatabase': {
    gives: 'the database as it is from now on',
    proof: 'inferred',
    translate: glueDatabase('ALTER'),
  },
  'glue:UpdateJob': job(glueJobDefined),
  'glue:UpdatePartition': partitions(gluePartitions),
  'glue:UpdateTable': {
    gives: 'the table or view as it is from now on: columns, description, location',
    proof: 'inferred',
    translate: glueTable('ALTER'),
  },
}

export const glueEvents: Translators<NativeEvent> = {
  'aws.glue Glue Crawler State Change': {
    gives: 'the crawler; its runs have no id',
    proof: 'documentation',
    translate: glueCrawlerChanged,
  },
  'aws.glue Glue Data Catalog Database State Change': {
    gives: 'which tables, or that the database, were made, changed or dropped',
    proof: 'documentation',
    translate: glueDatabaseChanged,
  },
  'aws.glue Glue Data Catalog Table State Change': {
    gives: 'that the table was made, changed or dropped, and not as what',
    proof: 'documentation',
    translate: glueTableChanged,
  },
  'aws.glue Glue Job Run Status': {
    gives: 'that the run started, runs or is being stopped',
    proof: 'documentation',
    translate: glueJobRunChanged,
  },
  'aws.glue Glue Job State Change': {
    gives: 'how the run ended',
    proof: 'documentation',
    translate: glueJobRunChanged,
  },
}

function partitions(translate: Call): Translator<CloudTrailEvent> {
  const gives = 'that the table changed, and the places where the partitions lie'
  return { gives, proof: 'inferred', translate }
}

function fewer(translate: Call): Translator<CloudTrailEvent> {
  return { gives: 'that the table changed; the places stay', proof: 'inferred', translate }
}

function dropped(what: string, translate: Call): Translator<CloudTrailEvent> {
  return { gives: `the ${what}, dropped from the catalog`, proof: 'inferred', translate }
}

function ended(what: string, translate: Call): Translator<CloudTrailEvent> {
  return { gives: `the end of the ${what}`, proof: 'inferred', translate }
}

function job(translate: Call): Translator<CloudTrailEvent> {
  const gives =
    'the job, its description and the location of its script; locations among its arguments, unresolved'
  return { gives, proof: 'inferred', translate }
}

function crawler(translate: Call): Translator<CloudTrailEvent> {
  const gives = 'the crawler as a job that reads its targets, and the database that it describes'
  return { gives, proof: 'inferred', translate }
}
