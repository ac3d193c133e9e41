import { Field, ObjectType } from 'type-graphql'
import type { LocalisedText } from '../domain/localised-text.js'

/**
 * A text in one language. Not named `LocalisedString` as in the catalogue: a value type that two subgraphs define must
 * be shareable in both.
 */
@ObjectType('Translation', { description: 'A text in one language.' })
export class TranslationType {
  @Field(() => String, { description: 'BCP 47 language, e.g. `fi`.' })
  readonly language!: string

  @Field(() => String, { description: 'The text in that language.' })
  readonly value!: string
}

/** Every translation of a text, in the order it is written down. */
export function toTranslations(text: LocalisedText): TranslationType[] {
  return Object.entries(text).map(([language, value]) => ({ language, value }))
}
