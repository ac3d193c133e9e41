/**
 * Open Badges 3.0 as a JSON schema of our own, written from the specification's data model (B.1 and B.2): names, types,
 * multiplicities, vocabularies, and which classes may be extended. 1EdTech's licence lets nobody but registered users
 * hand its own file out, and nobody change it, so it is not here.
 *
 * @see https://www.imsglobal.org/spec/ob/v3p0/, appendix B; https://www.imsglobal.org/speclicense.html, 3.
 */
export function buildOpenBadgeSchema(): Schema {
  return {
    $schema: 'https://json-schema.org/draft/2019-09/schema',
    $ref: '#/$defs/AchievementCredential',
    $defs: buildDefinitions(),
  }
}

type Schema = Readonly<Record<string, unknown>>

/** A property's schema, and whether the class demands it. */
type Properties = Readonly<Record<string, Schema | readonly [Schema]>>

function buildDefinitions(): Readonly<Record<string, Schema>> {
  const alignment = many(to('Alignment'))
  const endorsements = { endorsement: many(to('EndorsementCredential')), endorsementJwt: many(jws) }
  return {
    AchievementCredential: extensible({
      ...credentialProperties(['VerifiableCredential'], to('AchievementSubject')),
      type: [typed('VerifiableCredential', ['AchievementCredential', 'OpenBadgeCredential'])],
      name: text,
      description: text,
      image: to('Image'),
      ...endorsements,
      evidence: many(to('Evidence')),
    }),
    AchievementSubject: {
      ...extensible({
        id: uri,
        type: [typed('AchievementSubject')],
        activityEndDate: dateTime,
        activityStartDate: dateTime,
        creditsEarned: number,
        achievement: [to('Achievement')],
        identifier: { ...many(to('IdentityObject')), minItems: 1 },
        image: to('Image'),
        licenseNumber: text,
        narrative: text,
        result: many(to('Result')),
        role: text,
        source: to('Profile'),
        term: text,
      }),
      // "Either id or at least one identifier MUST be supplied."
      anyOf: [{ required: ['id'] }, { required: ['identifier'] }],
    },
    Achievement: extensible({
      id: [uri],
      type: [typed('Achievement')],
      alignment,
      achievementType: vocabulary(achievementTypes),
      creator: to('Profile'),
      creditsAvailable: number,
      criteria: [to('Criteria')],
      description: [text],
      ...endorsements,
      fieldOfStudy: text,
      humanCode: text,
      image: to('Image'),
      inLanguage: text,
      name: [text],
      otherIdentifier: many(to('IdentifierEntry')),
      related: many(to('Related')),
      resultDescription: many(to('ResultDescription')),
      specialization: text,
      tag: many(text),
      version: text,
    }),
    Alignment: extensible({
      type: [typed('Alignment')],
      targetCode: text,
      targetDescription: text,
      targetName: [text],
      targetFramework: text,
      targetType: vocabulary(alignmentTargetTypes),
      targetUrl: [uri],
    }),
    Criteria: extensible({ id: uri, narrative: text }),
    CredentialSchema: extensible({ id: [uri], type: [text] }),
    CredentialStatus: extensible({ id: [uri], type: [text] }),
    EndorsementCredential: extensible({
      ...credentialProperties(['VerifiableCredential', 'EndorsementCredential'], object),
      name: [text],
    }),
    Evidence: extensible({
      id: uri,
      type: [typed('Evidence')],
      narrative: text,
      name: text,
      description: text,
      genre: text,
      audience: text,
    }),
    IdentifierEntry: closed({
      type: [{ const: 'IdentifierEntry' }],
      identifier: [text],
      identifierType: [text],
    }),
    IdentityObject: closed({
      type: [{ const: 'IdentityObject' }],
      hashed: [{ type: 'boolean' }],
      identityHash: [text],
      identityType: [text],
      salt: text,
    }),
    Image: closed({ id: [uri], type: [{ const: 'Image' }], caption: text }),
    Profile: extensible({
      id: [uri],
      type: [typed('Profile')],
      name: text,
      url: uri,
      phone: text,
      description: text,
      ...endorsements,
      image: to('Image'),
      email: text,
      address: object,
      otherIdentifier: many(to('IdentifierEntry')),
      official: text,
      parentOrg: to('Profile'),
      familyName: text,
      givenName: text,
      dateOfBirth: { type: 'string', format: 'date' },
    }),
    Related: extensible({ id: [uri], type: [typed('Related')], inLanguage: text, version: text }),
    Result: extensible({
      type: [typed('Result')],
      achievedLevel: uri,
      alignment,
      resultDescription: uri,
      status: { enum: resultStatuses },
      value: text,
    }),
    ResultDescription: extensible({
      id: [uri],
      type: [typed('ResultDescription')],
      alignment,
      allowedValue: many(text),
      name: [text],
      requiredLevel: uri,
      requiredValue: text,
      resultType: [vocabulary(resultTypes)],
      rubricCriterionLevel: many(to('RubricCriterionLevel')),
      valueMax: text,
      valueMin: text,
    }),
    RubricCriterionLevel: extensible({
      id: [uri],
      type: [typed('RubricCriterionLevel')],
      alignment,
      description: text,
      level: text,
      name: [text],
      points: text,
    }),
  }
}

/** What AchievementCredential and EndorsementCredential have from VerifiableCredential (B.3). */
function credentialProperties(types: readonly string[], subject: Schema): Properties {
  return {
    '@context': [
      {
        type: 'array',
        minItems: 2,
        items: [
          { const: 'https://www.w3.org/ns/credentials/v2' },
          { type: 'string', pattern: '^https://purl\\.imsglobal\\.org/spec/ob/v3p0/context' },
        ],
        additionalItems: { type: ['string', 'object'] },
      },
    ],
    id: [uri],
    type: [{ allOf: types.map((type) => typed(type)) }],
    issuer: [to('Profile')],
    validFrom: [dateTimeWithZone],
    validUntil: dateTimeWithZone,
    awardedDate: dateTimeWithZone,
    credentialSubject: [subject],
    proof: oneOrMany(object),
    credentialSchema: oneOrMany(to('CredentialSchema')),
    credentialStatus: to('CredentialStatus'),
    refreshService: object,
    termsOfUse: oneOrMany(object),
  }
}

const achievementTypes = (
  'Achievement ApprenticeshipCertificate Assessment Assignment AssociateDegree Award Badge BachelorDegree Certificate ' +
  'CertificateOfCompletion Certification CommunityService Competency Course CoCurricular Degree Diploma DoctoralDegree ' +
  'Fieldwork GeneralEducationDevelopment JourneymanCertificate LearningProgram License Membership ' +
  'ProfessionalDoctorate QualityAssuranceCredential MasterCertificate MasterDegree MicroCredential ' +
  'ResearchDoctorate SecondarySchoolDiploma'
).split(' ')

const alignmentTargetTypes =
  'ceasn:Competency ceterms:Credential CFItem CFRubric CFRubricCriterion CFRubricCriterionLevel CTDL'.split(
    ' ',
  )

const resultTypes = (
  'GradePointAverage LetterGrade Percent PerformanceLevel PredictedScore RawScore Result RubricCriterion ' +
  'RubricCriterionLevel RubricScore ScaledScore Status'
).split(' ')

const resultStatuses = 'Completed Enrolled Failed InProgress OnHold Withdrew'.split(' ')

const text: Schema = { type: 'string' }
const number: Schema = { type: 'number' }
const object: Schema = { type: 'object' }
const uri: Schema = { type: 'string', format: 'uri' }
const dateTime: Schema = { type: 'string', format: 'date-time' }
const dateTimeWithZone: Schema = { ...dateTime, pattern: '(?:Z|[+-]\\d{2}:\\d{2})$' }
const jws: Schema = { type: 'string', pattern: '^[\\w-]+\\.[\\w-]*\\.[\\w-]+$' }

function to(name: string): Schema {
  return { $ref: `#/$defs/${name}` }
}

function many(items: Schema): Schema {
  return { type: 'array', items }
}

function oneOrMany(schema: Schema): Schema {
  return { oneOf: [schema, many(schema)] }
}

/** `type`: one IRI or a set of them, with this one and, where there are `others`, one of those. */
function typed(name: string, others: readonly string[] = []): Schema {
  const holds = (value: Schema) => ({ type: 'array', minItems: 1, items: text, contains: value })
  if (others.length > 0) {
    return { allOf: [holds({ const: name }), holds({ enum: others })] }
  }
  return { anyOf: [{ const: name }, holds({ const: name })] }
}

/** An extensible enumeration (B.2): one of its terms, or one's own behind `ext:`. */
function vocabulary(terms: readonly string[]): Schema {
  return { anyOf: [{ enum: terms }, { type: 'string', pattern: '^ext:[\\w.-]+$' }] }
}

function extensible(properties: Properties): Schema {
  return { ...closed(properties), additionalProperties: true }
}

/** A class without the mixin "Extensions": nothing else may stand in it. */
function closed(properties: Properties): Schema {
  const entries = Object.entries(properties)
  return {
    type: 'object',
    properties: Object.fromEntries(
      entries.map(([name, schema]) => [name, Array.isArray(schema) ? schema[0] : schema]),
    ),
    required: entries.filter(([, schema]) => Array.isArray(schema)).map(([name]) => name),
    additionalProperties: false,
  }
}
