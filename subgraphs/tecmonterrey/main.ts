import { runMember } from '../catalogue/index.js'
import { definition } from './index.js'

await runMember(definition, process.env)
