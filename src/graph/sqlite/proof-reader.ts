import type { Micros } from '../../model/index.ts'
import type { GraphReader } from '../port.ts'
import type { OpenParts } from './parts.ts'

type ProofReader = Pick<
  GraphReader,
  | 'evidence'
  | 'unresolved'
  | 'sourcesOf'
  | 'deadLetters'
  | 'deadLettersOf'
  | 'deadLetterCount'
  | 'sources'
  | 'unknownEvents'
  | 'irrelevantEvents'
>

/** What proves an answer, and what it may lack. */
export function proofReader(open: OpenParts): ProofReader {
  return {
    async evidence(of, asOf, page) {
      const { accesses, evidence } = open()
      return 'access' in of ? accesses.evidence(of.access, page) : evidence.of(of, asOf, page)
    },

    async unresolved(datasets, asOf) {
      const { adjacency, unresolved } = open()
      return unresolved.count(adjacency.datasets(datasets), asOf)
    },

    async sourcesOf(flows, datasets) {
      const { adjacency, evidence, flowRecords } = open()
      return evidence.sources(flowRecords.nodes(flows), adjacency.datasets(datasets))
    },

    async deadLetters(page) {
      return open().deadLetters.page(page)
    },

    async deadLettersOf(ids) {
      return open().deadLetters.of(ids)
    },

    async deadLetterCount() {
      return open().deadLetters.count()
    },

    async unknownEvents(first) {
      return open().counts.most(false, first)
    },

    async irrelevantEvents(first) {
      return open().counts.most(true, first)
    },

    async sources() {
      const rows = open().db.all(
        `SELECT name, events, (SELECT max(entry.at) FROM entry
           WHERE entry.source = source.id AND in_effect = 1 AND kind = 'event') AS last
         FROM source WHERE events > 0 ORDER BY name`,
      )
      return rows.map((row) => ({
        source: String(row['name']),
        events: Number(row['events']),
        lastEvent: Number(row['last']) as Micros,
      }))
    },
  }
}
