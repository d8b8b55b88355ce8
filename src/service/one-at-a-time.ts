import { LinewardError } from '../errors.ts'

/**
 * Gives a function that runs one work at a time, and refuses others rather than have them wait:
 * long works on one data folder undo each other's.
 *
 * @throws LinewardError CONFLICT, from what it gives, while another work is under way.
 */
export function oneAtATime(): <Result>(
  name: string,
  work: () => Promise<Result>,
) => Promise<Result> {
  let underWay: string | undefined
  return async (name, work) => {
    if (underWay !== undefined) {
      throw new LinewardError('CONFLICT', `Another ${underWay} is under way`)
    }
    underWay = name
    try {
      return await work()
    } finally {
      underWay = undefined
    }
  }
}
