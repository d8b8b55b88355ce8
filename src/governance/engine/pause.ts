import { setImmediate as nextTurn } from 'node:timers/promises'

/** Lets others have a turn once in so many steps: a large graph takes long. */
export type Pause = () => Promise<void> | undefined

export function pauseEvery(steps: number): Pause {
  let left = steps
  return () => {
    left -= 1
    if (left > 0) return undefined
    left = steps
    return nextTurn()
  }
}
