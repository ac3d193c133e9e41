import type { LearnerId } from '../../../../schema/index.js'
import type { RecognitionFact } from '../../domain/recognition-event.js'
import type { DraftEvent } from '../reference/random-events.fixture.js'

/** Codes nobody else has: a cohort of one for each. */
export const plantedLevels = ['8', '1', '2'] as const

/**
 * Persons who stand out on purpose: alone at a level, in a field, with a skill, between two institutions, on a pathway
 * from their home, with far more credits than anybody and a wait longer than anybody's.
 */
export function plantedEvents(): DraftEvent[] {
  const pairs = [
    ['ktu', 'tecmonterrey'],
    ['lodz', 'insa'],
    ['uis', 'aveiro'],
  ] as const
  return pairs.flatMap(([home, awarding], index) => {
    const learnerId = `alliance:learner:planted-${index}` as LearnerId
    const facts = [
      ...Array.from({ length: 4 }, (_, place) => award(index, place, awarding)),
      { kind: 'pathway.enrolled', pathwayId: 'alliance:pathway:circular-manufacturing' },
      request('recognition.requested', index, home, awarding),
    ] as RecognitionFact[]
    return [
      ...facts.map((fact, place) => event(learnerId, home, `2024-11-0${place + 1}`, fact, place)),
      event(
        learnerId,
        home,
        '2026-08-01',
        request('recognition.decided', index, home, awarding),
        facts.length,
      ),
    ]
  })
}

function event(
  learnerId: LearnerId,
  homeMember: string,
  occurredOn: string,
  fact: RecognitionFact,
  place: number,
): DraftEvent {
  return {
    id: `${learnerId}-${place}`,
    occurredOn,
    recordedAt: '2026-08-02T00:00:00Z',
    learnerId,
    homeMember,
    corrects: null,
    fact,
  }
}

function award(index: number, place: number, awardingMember: string): RecognitionFact {
  return {
    kind: 'award.made',
    awardId: `${awardingMember}:award:planted-${index}-${place}`,
    microCredentialId: 'alliance:microcredential:planted',
    opportunityId: `${awardingMember}:opportunity:planted`,
    awardingMember,
    jurisdictionCode: { tecmonterrey: 'MX', insa: 'FR', aveiro: 'PT' }[awardingMember] ?? 'XX',
    ects: '30',
    eqfLevel: Number(plantedLevels[index] ?? 8),
    iscedF: ['0831'],
    skills: ['forestry'],
    supersededBy: null,
  } as unknown as RecognitionFact
}

function request(
  kind: 'recognition.requested' | 'recognition.decided',
  index: number,
  recognisingMember: string,
  awardingMember: string,
): RecognitionFact {
  return {
    kind,
    requestId: `${recognisingMember}:recognitionrequest:planted-${index}`,
    recognisingMember,
    awardingMember,
    outcome: kind === 'recognition.decided' ? 'RECOGNISED' : null,
    isAutomatic: false,
  } as unknown as RecognitionFact
}
