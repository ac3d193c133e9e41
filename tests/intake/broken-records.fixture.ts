import type { SampleCourse } from './oeapi-sample.fixture.js'

/** One way to break a course, with the one fault it must give. */
export interface Breakage {
  /** Path of the fault in the hub's record. */
  readonly path: string
  readonly code: string
  /** Text the message must contain: the value, or what is accepted. */
  readonly says: string
  readonly breakIt: (sample: SampleCourse) => void
}

type Json = Record<string, unknown>

/** A course with this abbreviation makes the tests' adapter throw. */
export const abbreviationThatThrows = 'throw'

/** Ways to break one course of an OEAPI file, each giving exactly one fault. */
export const breakages: readonly Breakage[] = [
  fault('title', 'REQUIRED', 'at least one', ({ course }) => {
    course.name = []
  }),
  fault('title', 'REQUIRED', 'at least one', ({ course }) => {
    course.name = [{ language: 'en', value: '  ' }]
  }),
  fault('title', 'FORMAT', '"Course"', ({ course }) => {
    course.name = 'Course'
  }),
  fault('title.klingon?', 'UNKNOWN_VALUE', 'BCP 47', ({ course }) => {
    course.name = [{ language: 'klingon?', value: 'Qapla' }]
  }),
  fault('title.en', 'TOO_LONG', '501', ({ course }) => {
    course.name = [{ language: 'en', value: 'x'.repeat(501) }]
  }),
  fault('title.en', 'FORMAT', 'NUL', ({ course }) => {
    course.name = [{ language: 'en', value: 'a\0b' }]
  }),
  fault('title.en', 'FORMAT', '17', ({ course }) => {
    course.name = [{ language: 'en', value: 17 }]
  }),
  fault('description.en', 'TOO_LONG', '20001', ({ course }) => {
    course.description = [{ language: 'en', value: 'x'.repeat(20_001) }]
  }),
  fault('localId', 'REQUIRED', 'missing', ({ course }) => {
    course.primaryCode = { codeType: 'identifier', code: 'not an id' }
    course.courseId = undefined
  }),
  fault('kind', 'UNKNOWN_VALUE', 'MICRO_MODULE', ({ extension }) => {
    extension.kind = 'workshop'
    extension.challenge = null
  }),
  fault('ects', 'RANGE', '601', ({ course }) => {
    course.studyLoad = [{ studyLoadUnit: 'ects', value: 601 }]
  }),
  fault('ects', 'FORMAT', '"five"', ({ course }) => {
    course.studyLoad = [{ studyLoadUnit: 'ects', value: 'five' }]
  }),
  fault('workloadHours', 'RANGE', '20001', ({ course }) => {
    course.studyLoad = [{ studyLoadUnit: 'hour', value: 20_001 }]
  }),
  fault('eqfLevel', 'RANGE', '9', ({ extension }) => {
    extension.eqfLevel = 9
  }),
  fault('eqfLevel', 'FORMAT', '6.5', ({ extension }) => {
    extension.eqfLevel = 6.5
  }),
  fault('iscedF[0]', 'UNKNOWN_VALUE', '0677', ({ course }) => {
    course.fieldsOfStudy = '0677'
  }),
  fault('iscedF[0]', 'FORMAT', '"IT"', ({ course }) => {
    course.fieldsOfStudy = 'IT'
  }),
  fault('languages[1]', 'UNKNOWN_VALUE', '"qqq"', ({ course, offering }) => {
    course.teachingLanguages = ['en', 'qqq']
    offering.teachingLanguages = ['en']
  }),
  fault('mode', 'UNKNOWN_VALUE', '"telepathic"', ({ course, offering }) => {
    course.modesOfDelivery = ['telepathic']
    offering.modesOfDelivery = ['online']
  }),
  fault('homepage', 'FORMAT', 'javascript', ({ course }) => {
    course.link = 'javascript:alert(1)'
  }),
  fault('codes[1].code', 'REQUIRED', 'missing', ({ course }) => {
    course.otherCodes = [{ codeType: 'system_id' }]
  }),
  fault('learningOutcomes[0].skills[0].escoUri', 'FORMAT', 'esco', ({ course }) => {
    const skills = [{ escoUri: 'https://skills.example/1', title: { en: 'x' } }]
    course.learningOutcomes = [
      { name: [{ language: 'en', value: 'x' }], ext: { allianceHub: { skills } } },
    ]
  }),
  fault('challenge', 'NOT_APPLICABLE', 'COURSE', ({ extension }) => {
    extension.kind = 'COURSE'
  }),
  fault('challenge.maximumTeamSize', 'ORDER', 'smaller', ({ extension }) => {
    challengeOf(extension).maximumTeamSize = 2
  }),
  fault('challenge.minimumTeamSize', 'RANGE', '0', ({ extension }) => {
    challengeOf(extension).minimumTeamSize = 0
  }),
  fault('challenge.sponsor', 'UNKNOWN_FIELD', 'sponsor', ({ extension }) => {
    challengeOf(extension).sponsor = 'nobody'
  }),
  fault('partOf[0]', 'SELF_REFERENCE', 'itself', ({ course, extension }) => {
    extension.partOf = [(course.primaryCode as Json).code]
  }),
  fault('partOf[1]', 'DUPLICATE', 'already', ({ extension }) => {
    extension.partOf = ['CS-GROUP', 'CS-GROUP']
  }),
  fault('topics', 'FORMAT', 'null', ({ extension }) => {
    extension.topics = null
  }),
  fault('topics', 'TOO_LONG', '101', ({ extension }) => {
    extension.topics = Array.from({ length: 101 }, (_, index) => `topic ${index}`)
  }),
  fault('synthetic', 'FORMAT', '"yes"', ({ extension }) => {
    extension.synthetic = 'yes'
  }),
  fault('assessments[0].type', 'REQUIRED', 'blank', ({ extension }) => {
    extension.assessments = [{ type: ' ' }]
  }),
  fault('offerings[0].localId', 'REQUIRED', 'missing', ({ offering }) => {
    offering.primaryCode = undefined
    offering.courseOfferingId = undefined
  }),
  fault('offerings[0].startDate', 'FORMAT', '2026-02-30', ({ offering }) => {
    offering.startDateTime = '2026-02-30'
  }),
  fault('offerings[0].endDate', 'ORDER', '2026-09-06', ({ offering }) => {
    offering.endDateTime = '2026-09-06T12:00:00Z'
  }),
  fault('offerings[0].startDate', 'RANGE', '1990', ({ offering }) => {
    offering.startDateTime = '1026-09-07'
  }),
  fault('offerings[0].session.endDate', 'ORDER', '2026-08-01', ({ offering }) => {
    ;(offering.academicSession as Json).endDateTime = '2026-08-01'
  }),
  fault('offerings[0].application.closesAt', 'ORDER', 'before', ({ offering }) => {
    periodOf(offering).endDateTime = '2026-04-01T12:00:00Z'
  }),
  fault('offerings[0].application.opensAt', 'FORMAT', '"in May"', ({ offering }) => {
    periodOf(offering).startDateTime = 'in May'
  }),
  fault('offerings[0].applicationUrl', 'FORMAT', 'ftp', ({ offering }) => {
    periodOf(offering).enrolmentUrl = 'ftp://university.example/apply'
  }),
  fault('offerings[0].state', 'UNKNOWN_VALUE', 'CANCELLED', ({ offering }) => {
    offering.state = 'postponed'
  }),
  fault('offerings[0].place.countryCode', 'UNKNOWN_VALUE', '"UK"', ({ offering }) => {
    offering.addresses = [{ city: 'London', countryCode: 'UK' }]
  }),
  fault('offerings[0].capacity.maximum', 'RANGE', '-1', ({ offering }) => {
    offering.maxNumberStudents = -1
  }),
  fault('offerings[0].capacity.enrolled', 'FORMAT', 'number', ({ offering }) => {
    offering.enrolledNumberStudents = 'many'
  }),
  fault('offerings[0].price.currency', 'UNKNOWN_VALUE', 'ISO 4217', ({ offering }) => {
    costOf(offering).currency = 'EURO'
  }),
  fault('offerings[0].price.amount', 'RANGE', 'EUR', ({ offering }) => {
    costOf(offering).amount = '340.845'
  }),
  fault('offerings[0].price.amount', 'RANGE', '-5', ({ offering }) => {
    costOf(offering).amount = '-5'
  }),
  fault('offerings[0].price.amount', 'FORMAT', '340,84', ({ offering }) => {
    costOf(offering).amount = '340,84'
  }),
  fault('', 'ADAPTER_FAILED', 'no such programme', ({ course }) => {
    course.abbreviation = abbreviationThatThrows
  }),
]

function fault(path: string, code: string, says: string, breakIt: Breakage['breakIt']): Breakage {
  return { path, code, says, breakIt }
}

function challengeOf(extension: Json): Json {
  return extension.challenge as Json
}

function periodOf(offering: Json): Json {
  return (offering.enrolmentPeriods as Json[])[0] ?? {}
}

function costOf(offering: Json): Json {
  return (offering.priceInformation as Json[])[0] ?? {}
}
