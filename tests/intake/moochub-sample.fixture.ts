const required = {
  learningResourceType: {
    identifier: 'https://w3id.org/kim/hcrt/course',
    type: 'Concept',
    inScheme: 'https://w3id.org/kim/hcrt/scheme',
  },
  publisher: { type: 'Organization', name: 'Sample University' },
  license: [{ identifier: 'proprietary', url: null }],
  creator: [{ type: 'Organization', name: 'Sample University' }],
}

/** Only what the MOOChub schema requires. */
export const minimalItem = {
  id: '8978f51e-770c-4d0a-a2e3-23fae8f6aa71',
  type: 'Course',
  attributes: {
    ...required,
    name: 'Inleiding cryptografie',
    url: 'https://courses.example/cryptografie',
  },
}

/** Every attribute the mapping reads. */
export const fullItem = {
  id: '8978f51e-770c-4d0a-a2e3-23fae8f6aa72',
  type: 'Course',
  attributes: {
    ...required,
    name: 'Confidential communication',
    courseCode: 'confidential2026',
    url: 'https://courses.example/confidential2026',
    courseMode: ['online', 'onsite', 'asynchronous'],
    description:
      '<p>Messages &amp; networks.</p>\n\n<script>alert(1)</script><p>What &ldquo;secure&rdquo; means.</p>',
    inLanguage: ['en'],
    startDate: ['2026-10-04T22:00:00Z', '2027-02-01T08:00:00Z'],
    endDate: ['2026-11-13T16:00:00Z'],
    duration: 'P6W',
    workload: { timeValue: 7, timeUnit: 'h/week' },
    numberOfCredits: 1.5,
    teaches: [
      {
        name: [
          { inLanguage: 'en', name: 'encrypt messages' },
          { inLanguage: 'de', name: 'Nachrichten verschlüsseln' },
        ],
        shortCode: 'S1.1',
        educationalFramework: 'ESCO',
        educationalFrameworkVersion: '1.2.0',
        targetUrl: 'http://data.europa.eu/esco/skill/3a2d5b45-56e4-4f5a-a55a-4a4a65afdc43',
      },
      {
        name: [{ inLanguage: 'en-GB', name: 'Protect personal data' }],
        shortCode: '4.2',
        educationalFramework: 'DigComp',
        educationalFrameworkVersion: '2.2',
      },
    ],
    educationalAlignment: [
      alignment('ISCED-F', { shortCode: '0611' }),
      alignment('ISCED-F', { targetUrl: 'http://data.europa.eu/esco/isced-f/0612' }),
      alignment('OEFOS', { shortCode: '102016' }),
    ],
    competencyRequired: [
      {
        name: [{ inLanguage: 'en', name: 'basic arithmetic' }],
        educationalFramework: 'ESCO',
        educationalFrameworkVersion: '1.2.0',
      },
    ],
    keywords: ['micro-module', 'cyber security'],
    contentLocation: {
      name: 'Campus',
      address: { addressCountry: 'NL', city: 'Enschede' },
      url: 'https://courses.example/room',
    },
    offer: [offer(40, 'certificate'), offer(340.84, 'course')],
    access: ['paid'],
    applicationStartDate: '2026-06-01T00:00:00Z',
    applicationDeadline: '2026-09-30T21:59:59Z',
    allianceHub: { eqfLevel: 6, synthetic: true },
  },
}

/** Every attribute that may be null is null. */
export const nullHeavyItem = {
  id: '8978f51e-770c-4d0a-a2e3-23fae8f6aa73',
  type: 'Course',
  attributes: {
    ...required,
    name: 'Open water',
    url: 'https://courses.example/open-water',
    courseCode: null,
    courseMode: null,
    description: null,
    inLanguage: null,
    startDate: null,
    endDate: null,
    expires: null,
    workload: null,
    access: null,
    audience: null,
    keywords: null,
    numberOfCredits: null,
    educationalCredentialsAwarded: null,
    applicationStartDate: null,
    applicationDeadline: null,
    accessMode: null,
    dateCreated: null,
    dateModified: null,
    hollandCode: null,
  },
}

/** A challenge whose texts and runs are in the extension. */
export const runsItem = {
  id: '8978f51e-770c-4d0a-a2e3-23fae8f6aa74',
  type: 'Course',
  attributes: {
    ...required,
    name: 'Woda w mieście',
    url: 'https://courses.example/woda',
    access: ['free'],
    allianceHub: {
      kind: 'challenge',
      title: { pl: 'Woda w mieście', en: 'Water in the city' },
      challenge: { providers: ['City of Łódź'] },
      offerings: [
        {
          localId: 'water-1',
          session: { name: 'Winter 2026/27' },
          startDate: '2026-10-05',
          capacity: { maximum: 20 },
        },
      ],
    },
  },
}

function alignment(educationalFramework: string, code: Readonly<Record<string, string>>): object {
  return {
    educationalFramework,
    educationalFrameworkVersion: '2013',
    name: [{ inLanguage: 'en', name: 'Computing' }],
    type: 'EducationalAlignment',
    ...code,
  }
}

function offer(price: number, category: string): object {
  return { price, priceCurrency: 'EUR', paymentFrequency: 'one-time', category }
}
