import { registerEnumType } from 'type-graphql'
import { toEnum } from '../../graphql/to-enum.js'
import { type Dimension, dimensions } from '../domain/dimension.js'
import { suppressionReasons } from '../domain/published-cell.js'
import { mobilityMeasures } from '../publication/publish-mobility.js'

const dimensionNames = {
  PATHWAY: 'pathway',
  STEP: 'step',
  STACKED_CREDENTIAL: 'stackedCredential',
  HOME_MEMBER: 'homeMember',
  AWARDING_MEMBER: 'awardingMember',
  RECOGNISING_MEMBER: 'recognisingMember',
  JURISDICTION: 'jurisdiction',
  EQF_LEVEL: 'eqfLevel',
  ISCED_FIELD: 'iscedField',
  SIZE_BAND: 'sizeBand',
  SKILL: 'skill',
} as const satisfies Readonly<Record<string, Dimension>>

/** GraphQL enum of the dimensions. */
export const StatisticsDimensionEnum = dimensionNames
registerEnumType(StatisticsDimensionEnum, {
  name: 'StatisticsDimension',
  description: 'What figures can be broken down by.',
  valuesConfig: Object.fromEntries(
    Object.entries(dimensionNames).map(([name, dimension]) => [
      name,
      { description: dimensions[dimension].description },
    ]),
  ),
})

/** GraphQL enum of the reasons for hiding a figure. */
export const SuppressionReasonEnum = toEnum(suppressionReasons)
registerEnumType(SuppressionReasonEnum, {
  name: 'SuppressionReason',
  description: 'Why a figure is not given.',
  valuesConfig: {
    FEW_PERSONS: { description: 'It would stand on too few persons.' },
    DOMINANCE: { description: 'One person might hold most of it.' },
    SECONDARY: { description: 'With a larger cell beside it, it would tell about few persons.' },
    NOT_IN_THIS_POLICY: { description: 'The policy of this publication does not give it.' },
  },
})

/** GraphQL enum of the measures of the mobility matrix. */
export const MobilityMeasureEnum = toEnum(mobilityMeasures)
registerEnumType(MobilityMeasureEnum, {
  name: 'MobilityMeasure',
  description: 'What the mobility matrix counts.',
  valuesConfig: {
    LEARNERS: { description: 'Learners awarded something.' },
    AWARDS: { description: 'Valid awards, at most three of each learner.' },
    ECTS: { description: 'ECTS credits awarded, at most 15 of each learner.' },
  },
})
