import type { ObviousGovernance } from '../obvious/governance.ts'
import type { History } from './history.ts'

/** What properties of governance have met in their worlds; too little of something proves nothing. */
export class GovernedSightings {
  readonly #counts = new Map<string, number>()
  #worlds = 0

  see({ answers, ways, versions }: ObviousGovernance, { retractions }: History): void {
    this.#worlds += 1
    const all = [...versions.values()].flat()
    const shown = [...answers.values()]
    const labels = shown.flatMap((answer) => answer.labels)
    const add = (kind: string, count: number): void => {
      this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + count)
    }
    add('epochs', all.filter(({ isLast }) => !isLast).length)
    add('labels that came', labels.filter(({ confidence }) => confidence < 1).length)
    add('coarse labels', labels.filter(({ coarse }) => coarse).length)
    add('pseudonyms', labels.filter(({ label }) => label.startsWith('PSEUDO.')).length)
    add('aggregates', labels.filter(({ label }) => label.startsWith('AGG.')).length)
    add('PHI', shown.filter(({ enforced }) => enforced.startsWith('PHI')).length)
    add('unknown below PHI', shown.filter(({ status, enforced }) => status !== enforced).length)
    add('met when read', ways.filter(({ meeting }) => meeting !== undefined).length)
    add('overwritten from nowhere', ways.filter(({ isUnproved }) => isUnproved).length)
    add('certificates that cut', ways.filter(({ cut }) => cut !== undefined).length)
    add('keys of persons', all.filter(({ keyed }) => keyed !== undefined).length)
    add('stated', all.filter(({ own }) => own.stated !== undefined).length)
    add('retractions', retractions)
    const ends = (id: string, seen: ReadonlySet<string>): boolean =>
      ways.some(
        ({ from, to }) =>
          from.dataset.id === id &&
          (seen.has(to.dataset.id) || ends(to.dataset.id, new Set([...seen, to.dataset.id]))),
      )
    add('on cycles', [...versions.keys()].filter((id) => ends(id, new Set([id]))).length)
  }

  get worlds(): number {
    return this.#worlds
  }

  get counts(): ReadonlyMap<string, number> {
    return this.#counts
  }
}
