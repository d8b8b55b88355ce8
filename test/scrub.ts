import { createScrub } from '../src/ingest/index.ts'

/** The rules of an installation that configured none. */
export const scrub = createScrub({ tokenKey: Buffer.alloc(32, 5), mrn: [] })
