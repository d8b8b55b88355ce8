export type { Find } from './find-log.ts'
export type { Detector } from './marker.ts'
export { createScrub } from './scrub.ts'
export type { Scrub, Scrubbed } from './scrub.ts'
