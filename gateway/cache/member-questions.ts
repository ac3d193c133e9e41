import { type DocumentNode, parse } from 'graphql'
import type { CompiledOperation } from '../fanout/compile-operation.js'
import { type EntityShare, pickFromShare } from '../fanout/entity-shares.js'
import type { MemberDocument } from '../fanout/member-document.js'
import type { CallPlanning, MemberCall } from '../fanout/plan-calls.js'
import type { FieldPlan } from '../fanout/plan-request.js'
import { type AnswerRule, readAnswerRule } from './contract-rules.js'
import { hashText } from './domain/cache-key.js'
import type { OwnerFacts } from './owner-book.js'
import { createGenerationNames, type Question } from './question.js'

/** One root field of a call as questions: one for a page, one for each representation of `_entities`. */
export interface FieldQuestions {
  readonly field: FieldPlan
  readonly questions: readonly Question[]
  /** The share that the questions stand for, in their order; undefined for a page. */
  readonly share: EntityShare | undefined
}

export interface QuestionFacts extends OwnerFacts {
  readonly varyHash: string
}

interface DocumentFacts {
  readonly rule: AnswerRule
  readonly selectionHash: string
}

/** What a field is asked with: the same for every member that gets the same document. */
interface AskedFacts {
  readonly document: MemberDocument
  readonly own: string
  readonly ownHash: string
}

/** Takes a call apart into what is kept by itself. What a document says is worked out once. */
export type QuestionReader = (
  call: MemberCall,
  compiled: CompiledOperation,
  facts: QuestionFacts,
) => readonly FieldQuestions[]

export function createQuestionReader({ contract, findDocument }: CallPlanning): QuestionReader {
  const known = new WeakMap<MemberDocument, DocumentFacts>()
  const asked = new WeakMap<FieldPlan, AskedFacts>()
  const namesOf = createGenerationNames()

  function readDocument(document: MemberDocument, field: FieldPlan): DocumentFacts {
    const facts = known.get(document)
    if (facts !== undefined) return facts
    const parsed: DocumentNode = parse(document.query, { noLocation: true })
    const read = {
      rule: readAnswerRule(contract.schema, parsed),
      selectionHash: hashText(withoutRootAlias(document.query, field.root)),
    }
    known.set(document, read)
    return read
  }

  function readAsked(
    field: FieldPlan,
    document: MemberDocument,
    values: Readonly<Record<string, unknown>>,
  ): AskedFacts {
    const facts = asked.get(field)
    if (facts?.document === document) return facts
    const own = printOwn(document, values)
    const read = { document, own, ownHash: hashText(own) }
    asked.set(field, read)
    return read
  }

  return (call, compiled, facts) =>
    call.fields.map((field) => {
      // A document of this field alone: what other fields are asked along does not make it another question.
      const document =
        call.fields.length === 1
          ? call.document
          : findDocument(compiled, [field], call.entry.verdict.missing)
      const { rule, selectionHash } = readDocument(document, field)
      const { own, ownHash } = readAsked(field, document, call.request.variables)
      const { owner, placement, edition, varyHash } = facts
      const generationNames = namesOf(owner, rule)
      const toQuestion = (subject: string, askedHash: string): Question => ({
        owner,
        placement,
        edition,
        rule,
        subject,
        askedHash,
        selectionHash,
        varyHash,
        generationNames,
      })
      if (field.detail.kind !== 'ENTITIES') {
        const questions = [toQuestion(`Query.${field.root.name}`, ownHash)]
        return { field, share: undefined, questions }
      }
      const share = field.detail.shares.byOwner.get(owner.member)
      const questions = (share?.printed ?? []).map((printed, index) =>
        toQuestion(share?.types[index] ?? '', hashText(`${printed}${own}`)),
      )
      return { field, share, questions }
    })
}

/** The same field with fewer representations. */
export function narrowField(
  field: FieldPlan,
  share: EntityShare,
  indices: readonly number[],
): FieldPlan {
  const picked = pickFromShare(share, indices)
  const shares = { size: indices.length, byOwner: new Map([[share.owner, picked]]) }
  return { ...field, detail: { kind: 'ENTITIES', shares } }
}

/** The values of the client's variables that this document uses. */
function printOwn(
  { variables }: MemberDocument,
  values: Readonly<Record<string, unknown>>,
): string {
  if (variables.size === 0) return ''
  const own = [...variables].map((name) => [name, values[name]])
  return JSON.stringify(own)
}

/** Only the name clients give to the field itself is no part of the question; names inside its answer are. */
function withoutRootAlias(query: string, { key, name }: FieldPlan['root']): string {
  if (key === name) return query
  const end = query.indexOf('\n}')
  const operation = query.slice(0, end).replaceAll(`\n  ${key}: ${name}`, `\n  ${name}`)
  return operation + query.slice(end)
}
