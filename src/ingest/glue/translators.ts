import type { CloudTrailEvent } from '../cloudtrail/event.ts'
import type { Translators } from '../translator.ts'
import { deleteGlueTables, glueTable } from './table.ts'

export const glueCalls: Translators<CloudTrailEvent> = {
  'glue:BatchDeleteTable': {
    gives: 'the tables, dropped from the catalog',
    proof: 'inferred',
    translate: deleteGlueTables,
  },
  'glue:CreateTable': {
    gives: 'the table or view, its columns, its description and its location',
    proof: 'inferred',
    translate: glueTable('CREATE'),
  },
  'glue:DeleteTable': {
    gives: 'the table, dropped from the catalog',
    proof: 'inferred',
    translate: deleteGlueTables,
  },
  'glue:UpdateTable': {
    gives: 'the table or view as it is from now on: columns, description, location',
    proof: 'inferred',
    translate: glueTable('ALTER'),
  },
}
