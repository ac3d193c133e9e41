import { registerEnumType } from 'type-graphql'

/** Kinds of learning opportunities as GraphQL prints them. */
export const LearningOpportunityKind = {
  COURSE: 'COURSE',
  MICRO_MODULE: 'MICRO_MODULE',
  CHALLENGE: 'CHALLENGE',
  MODULE_GROUP: 'MODULE_GROUP',
  PROGRAMME: 'PROGRAMME',
} as const
registerEnumType(LearningOpportunityKind, {
  name: 'LearningOpportunityKind',
  description: 'What sort of learning opportunity it is (ELM: dc:type of LearningOpportunity).',
  valuesConfig: {
    COURSE: { description: 'A taught unit of study (OEAPI: Course).' },
    MICRO_MODULE: { description: 'A small unit of study that can lead to a micro-credential.' },
    CHALLENGE: {
      description: 'Learners from several universities work in teams on a provider’s real problem.',
    },
    MODULE_GROUP: { description: 'Units of study that belong together, short of a programme.' },
    PROGRAMME: { description: 'A whole programme of study (OEAPI: Programme).' },
  },
})

/** Modes of delivery as GraphQL prints them. */
export const ModeOfDelivery = {
  ONLINE: 'ONLINE',
  BLENDED: 'BLENDED',
  HYBRID: 'HYBRID',
  PRESENTIAL: 'PRESENTIAL',
  PROJECT_BASED: 'PROJECT_BASED',
  LAB_BASED: 'LAB_BASED',
  WORK_BASED: 'WORK_BASED',
  COIL: 'COIL',
} as const
registerEnumType(ModeOfDelivery, {
  name: 'ModeOfDelivery',
  description: 'How learning takes place (OEAPI: modesOfDelivery; ELM: mode).',
  valuesConfig: {
    ONLINE: { description: 'Entirely at a distance.' },
    BLENDED: { description: 'Some parts online, others in presence.' },
    HYBRID: { description: 'Each session both online and in presence.' },
    PRESENTIAL: { description: 'In presence.' },
    PROJECT_BASED: { description: 'Through a project.' },
    LAB_BASED: { description: 'Through work in a laboratory.' },
    WORK_BASED: { description: 'Through work at a workplace.' },
    COIL: { description: 'Collaborative online international learning.' },
  },
})

/** States of a run as GraphQL prints them. */
export const OfferingState = {
  CONCEPT: 'CONCEPT',
  ACTIVE: 'ACTIVE',
  INACTIVE: 'INACTIVE',
  CANCELLED: 'CANCELLED',
} as const
registerEnumType(OfferingState, {
  name: 'OfferingState',
  description: 'Where a run stands (OEAPI: state).',
  valuesConfig: {
    CONCEPT: { description: 'Being prepared; details may change.' },
    ACTIVE: { description: 'Takes place as described.' },
    INACTIVE: { description: 'Not on offer now.' },
    CANCELLED: { description: 'Does not take place.' },
  },
})

/** Orders of the catalogue as GraphQL prints them. */
export const CatalogueOrderField = {
  RELEVANCE: 'RELEVANCE',
  START_DATE: 'START_DATE',
  TITLE: 'TITLE',
  ECTS: 'ECTS',
} as const
registerEnumType(CatalogueOrderField, {
  name: 'CatalogueOrderField',
  description: 'What the catalogue can be ordered by. Ties are broken by id.',
  valuesConfig: {
    RELEVANCE: {
      description:
        'How well the search text matches, always best first. Without a text the default order is used.',
    },
    START_DATE: {
      description:
        'Start date; of an opportunity, the earliest of its runs that are not cancelled. Undated ones come last.',
    },
    TITLE: { description: 'English title, else the member’s first, by letters without accents.' },
    ECTS: { description: 'ECTS credits; those without come first.' },
  },
})

/** Directions of an order as GraphQL prints them. */
export const OrderDirection = { ASC: 'ASC', DESC: 'DESC' } as const
registerEnumType(OrderDirection, {
  name: 'OrderDirection',
  description: 'Which way an order runs.',
  valuesConfig: {
    ASC: { description: 'Smallest, earliest, first in the alphabet first.' },
    DESC: { description: 'The exact mirror of ASC.' },
  },
})

/** Subjects of facets as GraphQL prints them. */
export const FacetSubject = {
  COURSE_OFFERINGS: 'COURSE_OFFERINGS',
  LEARNING_OPPORTUNITIES: 'LEARNING_OPPORTUNITIES',
} as const
registerEnumType(FacetSubject, {
  name: 'FacetSubject',
  description: 'What facets count.',
  valuesConfig: {
    COURSE_OFFERINGS: { description: 'Dated runs, as `courseOfferings` lists them.' },
    LEARNING_OPPORTUNITIES: {
      description: 'Opportunities, as `learningOpportunities` lists them.',
    },
  },
})
