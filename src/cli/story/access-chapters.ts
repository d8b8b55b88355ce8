import type { Chapter, Fields } from './chapter.ts'
import { hospital } from '../../demo/index.ts'
import { fieldsIn, listIn, textIn } from '../lineage-answer.ts'
import { counted, listed, moment, short } from './chapter.ts'

const { datasets, since } = hospital

const touches = `
  query Accesses($of: [DatasetRef!]!, $since: DateTime!, $after: String) {
    accesses(of: $of, since: $since, first: 100, after: $after) {
      edges {
        node {
          principal { id kind name actsFor { id kind name } }
          action hour count via
          evidence(first: 1) { position }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }`

const whoRead: Chapter = {
  title: 'Who read the index of patients?',
  async tell({ ask }) {
    const found: Fields[] = []
    let after: string | null = null
    do {
      const asked = { of: [datasets.patientIndex], since, after }
      const page: Fields = fieldsIn(await ask(touches, asked), 'accesses')
      found.push(...listIn(page, 'edges').map((edge) => fieldsIn(edge, 'node')))
      const { hasNextPage, endCursor } = fieldsIn(page, 'pageInfo')
      after = hasNextPage === true ? String(endCursor) : null
    } while (after !== null)
    if (found.length === 0) {
      return [
        `No access to ${short(datasets.patientIndex)} is known; that says nothing of who did.`,
      ]
    }
    const byPrincipal = Map.groupBy(found, (one) => textIn(fieldsIn(one, 'principal'), 'id'))
    return [
      `${counted(byPrincipal.size, 'principal')} touched ${short(datasets.patientIndex)} since ` +
        `${moment(since)}, by ${counted(total(found), 'call')}:`,
      ...[...byPrincipal.values()]
        .toSorted((one, other) => total(other) - total(one))
        .map((accesses) => `${whoOf(accesses)}: ${deedsOf(accesses)}.`),
    ]
  },
}

function whoOf([access = {}]: readonly Fields[]): string {
  const principal = fieldsIn(access, 'principal')
  const behind = listIn(principal, 'actsFor').filter(
    (one) => textIn(one, 'id') !== textIn(principal, 'id'),
  )
  const via = textIn(access, 'via')
  return [
    nameOf(principal),
    ...(via === '' ? [] : [`through ${via.replace(/^(?:service:|.*\/)/, '')}`]),
    ...(behind.length === 0 ? [] : [`for ${listed(behind.map(nameOf))}`]),
  ].join(', ')
}

function nameOf(principal: Fields): string {
  const kind = textIn(principal, 'kind').toLowerCase().replaceAll('_', ' ')
  return `${kind} ${textIn(principal, 'name')}`
}

function deedsOf(accesses: readonly Fields[]): string {
  const deeds = [...Map.groupBy(accesses, (one) => textIn(one, 'action'))].map(
    ([action, all]) => `${total(all)} × ${action.replace(/(.+)_ATTEMPT/, '$1 that failed')}`,
  )
  const [proof = {}] = listIn(accesses[0] ?? {}, 'evidence')
  return `${listed(deeds)}, as entry ${textIn(proof, 'position')} says`
}

function total(accesses: readonly Fields[]): number {
  return accesses.reduce((sum, one) => sum + Number(one['count']), 0)
}

/** The story of who touched what. */
export const accessChapters: readonly Chapter[] = [whoRead]
