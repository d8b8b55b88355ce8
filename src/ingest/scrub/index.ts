export { scrub, scrubContext, scrubText, scrubVersion } from './scrub.ts'
export type { Scrubbed } from './scrub.ts'
export type { Find } from './find-log.ts'
export type { Detector } from './marker.ts'
