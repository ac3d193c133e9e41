import type { RandomGraph } from '../random-graph.js'
import { campusGraph } from './campus.js'
import { libraryGraph } from './library.js'
import { shapesGraph } from './shapes.js'
import { shopGraph } from './shop.js'

/** Every graph that random operations are made for. */
export const allGraphs: readonly RandomGraph[] = [shopGraph, libraryGraph, campusGraph, shapesGraph]
