import { Directive, Field, ObjectType } from 'type-graphql'
import type { LocalisedText } from '../domain/catalogue-record.js'

@Directive('@shareable')
@Directive('@cost(weight: 0)')
@ObjectType({
  description: 'A text in one language (OEAPI: language-typed string; ELM: langString).',
})
export class LocalisedString {
  @Field(() => String, { description: 'BCP 47 language of the text.' })
  language!: string

  @Field(() => String, { description: 'The text.' })
  value!: string
}

/** A text in all its languages, as a list. */
export function toLocalisedStrings(text: LocalisedText): LocalisedString[] {
  return Object.entries(text).map(([language, value]) => ({ language, value }))
}

/** Description of every `language` argument. */
export const languageArgument =
  'BCP 47 language wanted. Falls back to English, then to the member’s own languages, then to any.'
