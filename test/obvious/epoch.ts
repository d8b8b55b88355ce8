import type { DatasetId, Micros } from '../../src/model/index.ts'
import type { World } from './world.ts'
import { isLocation } from '../../src/model/index.ts'
import { datasetIdOf } from './id.ts'
import { ofKind } from './said.ts'
import { isLeft, undoneRuns } from './shared.ts'

/**
 * "Its content has epochs: one ends when a run that completed replaced the whole content … or the
 * stored thing itself was deleted." "Replacing a container ends its contents' epochs, not the
 * reverse." A location and the tables on it are the same content while they lie there. (design.md
 * section 4) Whether a run completed and what it replaced is as it turned out in the end.
 */
export function epochsOf(world: World, id: DatasetId): readonly Micros[] {
  const own = world.classOf(id)?.id
  if (own === undefined) return []
  const others = world.meetings(own).flatMap(({ meeting: { from, to, kind, during } }) => {
    const isContent = kind === 'CONTAINS' ? to === own : true
    if (!isContent) return []
    return ownEpochs(world, from === own ? to : from).filter(
      (at) => at >= (during.from ?? -Infinity) && at < (during.until ?? Infinity),
    )
  })
  return [...new Set([...ownEpochs(world, own), ...others])].toSorted((a, b) => a - b)
}

function ownEpochs(world: World, id: DatasetId): readonly Micros[] {
  const names = world.nameIdsOf(id)
  const replaced = [...world.runsInTheEnd.values()]
    .flatMap((run) => run.replaced)
    .filter(({ dataset, at }) => names.has(dataset) && at <= (world.asOf ?? Infinity))
    .map(({ at }) => at)
  // "Dropping an external table retires the name and ends nothing."
  const own = world.classOf(id)
  const isExternal = (own?.locations ?? []).length > 0 || (own?.names ?? []).some(isLocation)
  const undone = undoneRuns(world.all)
  const dropped = ofKind(world.said, 'lifecycle')
    .filter(({ fact }) => isLeft(fact, undone))
    .filter(({ fact }) => fact.change === 'DROP' && names.has(datasetIdOf(fact.dataset)))
    .filter(({ fact }) => !isExternal || isLocation(fact.dataset))
    .map(({ fact }) => fact.at)
  return [...replaced, ...dropped]
}
