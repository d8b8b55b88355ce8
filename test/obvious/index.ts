export { openObviousGraph } from './obvious-graph.ts'
export type { ObviousGraph, ObviousGraphOptions } from './obvious-graph.ts'
export { World } from './world.ts'
