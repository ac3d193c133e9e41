import { expect, test } from 'vitest'
import { toModeOfDelivery } from './oeapi-mode.js'

test.each([
  [['online'], 'ONLINE'],
  [['research_lab_based'], 'LAB_BASED'],
  [['online', 'presential'], 'BLENDED'],
  [['presential', 'online', 'coil'], 'COIL'],
  [['online', 'presential', 'hybrid'], 'HYBRID'],
  [['project_based', 'presential'], 'PRESENTIAL'],
  [['project_based', 'work_based'], 'WORK_BASED'],
  [['joint_delivery', 'online'], 'ONLINE'],
  [['joint_delivery'], null],
  [['x-evening', 'blended'], 'BLENDED'],
  [[], null],
  [null, null],
  [undefined, null],
  [['telepathic'], 'telepathic'],
  ['online', 'online'],
])('the modes %j become %j', (modes, mode) => {
  expect(toModeOfDelivery(modes)).toBe(mode)
})
