import { Directive, Field, ObjectType } from 'type-graphql'
import type { LocalisedText } from '../domain/localised-text.js'

/** A text in one language: the same value type as the catalogue's, so both are shareable. */
@Directive('@shareable')
@ObjectType({
  description: 'A text in one language (OEAPI: language-typed string; ELM: langString).',
})
export class LocalisedString {
  @Field(() => String, { description: 'BCP 47 language of the text.' })
  readonly language!: string

  @Field(() => String, { description: 'The text.' })
  readonly value!: string
}

/** A text in all its languages, in the order it is written down. */
export function toLocalisedStrings(text: LocalisedText): LocalisedString[] {
  return Object.entries(text).map(([language, value]) => ({ language, value }))
}
