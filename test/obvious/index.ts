export { obviousLineage, reaches } from './lineage.ts'
export { openObviousGraph } from './obvious-graph.ts'
export type { ObviousGraph } from './obvious-graph.ts'
export { World } from './world.ts'
