import type { Rule } from './rule.ts'

/**
 * What would be taken for something else: dates and keys of the record and not of the person, and
 * words of software.
 *
 * @see phi.md section 3.2, the notes on false positives
 */
export const technicalRules: readonly Rule[] = [
  {
    label: 'NONE',
    head: 'date',
    say:
      'load, ingest, create, update, modify, insert, upload, download, import, export, version, ' +
      'release, valid, refresh, sync, extract, batch, process, expiry, change, file, delete, ' +
      'response, run, elapsed, wait, turnaround, partition, snapshot, nlp, manufacture, build, void, zone, last seen, login',
    unless: 'birth death admit discharge service visit specimen procedure encounter',
  },
  {
    label: 'NONE',
    as: 'whole',
    say: 'create, update, modify, last update, last modify, meta last update, delete, load, insert, ingest',
  },
  {
    label: 'NONE',
    head: 'id',
    say:
      'row, batch, load, upload, file, job, run, etl, version, definition, template, session, ' +
      'thread, trace, request, correlation, message control, field, form, question, ' +
      'foreign, surrogate, sort, partition, segment, line, sequence, lot, barcode, page',
  },
  { label: 'NONE', head: 'id', say: 'control', unless: 'patient claim' },
  { label: 'NONE', say: 'source system, system source, record source, identifier system' },
  { label: 'NONE', as: 'end', say: 'version, sequence, ordinal, line number, row number' },
  {
    label: 'NONE',
    say: 'file name, host name, table name, field name, column name, server name, name server, job name, metric name, display name, product name, service name, procedure name, database name, schema name, event name, domain name',
  },
  { label: 'NONE', say: 'image tag, user agent, license key, plan hash, test coverage, ip rating' },
]
