import {
  DirectiveLocation,
  GraphQLDirective,
  GraphQLEnumType,
  GraphQLNonNull,
  GraphQLString,
} from 'graphql'

const fanOutMerge = new GraphQLEnumType({
  name: 'FanOutMerge',
  description: 'How lists, counts and facets of several members are put together.',
  values: {
    CONNECTION: {
      description:
        'Pages merged by the order’s sort key and cut at the page size; total counts added.',
    },
    CONCAT: { description: 'Lists one after the other, in the order of the register.' },
    SUM: { description: 'Numbers added.' },
    FACETS: { description: 'Counts added per value, largest first; total counts added.' },
  },
})

/** How the answers of several members become one: what the gateway's fan-out reads from the contract. */
export const fanOutDirective = new GraphQLDirective({
  name: 'fanOut',
  description: 'How the answers of several members become one answer.',
  locations: [DirectiveLocation.FIELD_DEFINITION],
  args: {
    merge: { type: new GraphQLNonNull(fanOutMerge), description: 'How the answers are merged.' },
    members: {
      type: GraphQLString,
      description:
        'Dotted path, from the arguments, of the list of member slugs that narrows whom to ask.',
    },
    jurisdictions: {
      type: GraphQLString,
      description:
        'Dotted path, from the arguments, of the list of jurisdiction codes that narrows whom to ask.',
    },
  },
})

/** Which argument names the one member to ask. */
export const routeByDirective = new GraphQLDirective({
  name: 'routeBy',
  description: 'The one member asked is the owner named in the id given by this argument.',
  locations: [DirectiveLocation.FIELD_DEFINITION],
  args: {
    argument: { type: new GraphQLNonNull(GraphQLString), description: 'Name of the argument.' },
  },
})
