import type { MicroCredentialId, StackedCredentialId } from '../../../../schema/index.js'
import type { AwardCondition } from './award-condition.js'
import type { Requirement } from './requirement.js'
import { microCredentialOf, ruleOf } from './stack.fixture.js'
import type { StackingRule } from './stacking-rule.js'

/**
 * Stackable awards of HKU SPACE (hkuspace.hku.hk, "Stackable certificate and diploma"): a certificate takes 30 credits, a
 * diploma 60; at least 24 of 30 and 45 of 60 in the subject category, and as many at the award's level. The page says
 * "75 %" for both; 24 of 30 are 80 %, and the printed numbers are what is counted here. Each credit goes into one pathway
 * only. Credits are the university's own.
 */
export function hkuSpaceRule(
  key: 'certificate' | 'diploma',
  category: readonly MicroCredentialId[],
): StackingRule {
  const [size, share] = key === 'certificate' ? (['30', '24'] as const) : (['60', '45'] as const)
  const atLeast = (id: string, ects: string, where: readonly AwardCondition[]): Requirement => ({
    ...{ id, titles: null, use: 'SHARED' as const },
    kind: 'MIN_ECTS',
    ects,
    where,
  })
  return ruleOf({
    id: `hkuspace:stackedcredential:${key}` as StackedCredentialId,
    titles: { en: `HKU SPACE stackable ${key}` },
    source: 'HKU SPACE, stackable certificate and diploma',
    illustrative: false,
    creditUse: 'ONCE',
    requirements: [
      atLeast('size', size, []),
      atLeast('category', share, [{ kind: 'MICRO_CREDENTIAL', anyOf: category }]),
      atLeast('level', share, [{ kind: 'LEVEL', atLeast: 4 }]),
    ],
  })
}

/**
 * French national register (RNCP): a certification is made of blocs de compétences; whoever has all of them has it, in
 * any order, and a bloc once acquired is kept for life (euroguidance-france.org; univ-avignon.fr).
 */
export function rncpRule(blocs: readonly string[]): StackingRule {
  return ruleOf({
    id: 'insa:stackedcredential:rncp' as StackedCredentialId,
    titles: { en: 'A certification of the RNCP' },
    source: 'RNCP, blocs de compétences (euroguidance-france.org)',
    illustrative: false,
    creditUse: 'SHARED',
    requirements: [
      {
        id: 'blocs',
        titles: null,
        use: 'SHARED',
        kind: 'ALL_OF',
        microCredentialIds: blocs.map(microCredentialOf),
      },
    ],
  })
}
