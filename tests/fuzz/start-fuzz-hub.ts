import { startTestHub, type TestHub } from '../hub/start-test-hub.js'

/** Three members, one for each kind of source, are enough: what is attacked is the gateway and recognition. */
const slugs = ['dcu', 'liu', 'lodz'] as const

const memberTimeoutMs = 8_000

/** A hub to attack: real members, recognition and gateway in this process. */
export function startFuzzHub(): Promise<TestHub> {
  return startTestHub(memberTimeoutMs, undefined, false, slugs)
}
