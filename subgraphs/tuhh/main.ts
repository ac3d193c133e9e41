import { runMember } from '../catalogue/index.js'
import { definition } from './definition.js'

await runMember(definition, process.env)
