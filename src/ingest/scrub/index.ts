export { createScrub, scrub, scrubText } from './scrub.ts'
export type { Scrub, Scrubbed } from './scrub.ts'
export type { Find } from './find-log.ts'
export type { Detector } from './marker.ts'
