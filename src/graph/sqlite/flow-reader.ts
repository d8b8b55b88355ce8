import type { GraphReader } from '../port.ts'
import type { OpenParts } from './parts.ts'
import { emptyPage } from '../page.ts'
import { anyOf } from './database.ts'
import { isShown } from './flow-members.ts'
import { afterOf } from './run-table.ts'

type FlowReader = Pick<
  GraphReader,
  'flows' | 'flowActive' | 'flowRuns' | 'mapActive' | 'expand' | 'columnEdges'
>

/** What the store answers about flows, and what walks ask of it. */
export function flowReader(open: OpenParts): FlowReader {
  return {
    async flows(ids, asOf) {
      return open().flowRecords.records(ids, asOf)
    },

    async flowActive(ids, asOf, first) {
      const { flowRecords, members } = open()
      const nodes = flowRecords.nodes(ids)
      return nodes.length === 0 ? [] : members.active(nodes, asOf, first)
    },

    async flowRuns(ids, asOf, page) {
      const { db, flowRecords, runs } = open()
      const nodes = flowRecords.nodes(ids)
      if (nodes.length === 0) return emptyPage
      const ofFlows = anyOf(nodes.map(({ row }) => row))
      const [started, id] = afterOf(page)
      const rows = db.all(
        `SELECT DISTINCT run.subject AS subject, run.id AS id, member.started AS started FROM member
         JOIN run ON run.subject = member.mover
         WHERE ${isShown} AND member.started <= ?1
         -- A run that began again stands at its last beginning alone.
         AND NOT EXISTS (SELECT 1 FROM member AS later WHERE later.mover = member.mover
           AND later.flow = member.flow AND later.started > member.started AND later.started <= ?1
           AND later.shown_from <= ?1 AND (later.shown_until IS NULL OR later.shown_until > ?1))
         AND member.started <= ?2 AND (member.started < ?2 OR run.id > ?3)
         AND flow ${ofFlows.sql}
         ORDER BY member.started DESC, run.id LIMIT ?`,
        asOf ?? Number.MAX_SAFE_INTEGER,
        started,
        id,
        ofFlows.value,
        page.first + 1,
      )
      return runs.page(rows, page.first)
    },

    async mapActive(ids, map, asOf, first) {
      return open().flowRecords.mapActive(ids, map, asOf, first)
    },

    async expand(frontier, direction, when) {
      return open().adjacency.expand(frontier, direction, when)
    },

    async columnEdges(flows, asOf) {
      return open().flowRecords.columnEdges(flows, asOf)
    },
  }
}
