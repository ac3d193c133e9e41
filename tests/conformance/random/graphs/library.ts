import type { RandomGraph } from '../random-graph.js'

/** An entity interface with interface objects in two other subgraphs, beside ordinary interfaces and unions. */
export const libraryGraph: RandomGraph = {
  name: 'library',
  subgraphs: {
    shelves: `
      type Query {
        media(first: Int = 3): [Media!]
        medium(id: ID!): Media
        book: Book
        shelf(place: PlaceInput! = { floor: 1 }): Shelf
        things: [Thing!]!
      }
      input PlaceInput { floor: Int! room: String wing: Wing = EAST tags: [String!] inner: PlaceInput }
      enum Wing { EAST WEST }
      interface Media @key(fields: "id") { id: ID! title: String year: Int! shelf: Shelf }
      type Book implements Media @key(fields: "id") @key(fields: "isbn") {
        id: ID! isbn: String! title: String year: Int! shelf: Shelf pages: Int chapters: [Chapter!]!
      }
      type Film implements Media @key(fields: "id") {
        id: ID! title: String year: Int! shelf: Shelf minutes: Int! cast: [[Person]]
      }
      type Song implements Media @key(fields: "id") { id: ID! title: String year: Int! shelf: Shelf key: String }
      type Chapter { title: String! pages: Int notes: [Note] }
      type Note { text: String! on: Thing }
      type Shelf @key(fields: "number") { number: Int! media(kinds: [String]): [Media] wing: Wing }
      type Person @key(fields: "id") { id: ID! name: String! @shareable }
      union Thing = Shelf | Book | Song | Note
    `,
    ratings: `
      type Query { best(limit: Int = 2): [Media] worst: Media! rater: Rater }
      type Media @key(fields: "id") @interfaceObject {
        id: ID!
        stars(scale: Int = 5): Float
        ratings: [Rating!]
        rank: Int!
        similar: [Media]
      }
      type Rating { stars: Int! by: Rater! media: Media }
      type Rater @key(fields: "id") @key(fields: "handle") { id: ID! handle: ID! @inaccessible ratings: [Rating] favourite: Media }
    `,
    loans: `
      type Query { loans(status: [Status!], page: Page): [Loan!]! }
      input Page { size: Int! = 2 after: ID }
      enum Status { OPEN LATE DONE }
      type Media @key(fields: "id") @interfaceObject { id: ID! loans: [Loan] isFree(from: Date): Boolean! }
      scalar Date
      interface Borrower { name: String! loans: [Loan] }
      type Loan @key(fields: "id") { id: ID! media: Media! status: Status borrower: Borrower due: Date }
      type Person implements Borrower @key(fields: "id") { id: ID! name: String! @shareable loans: [Loan] }
      type School implements Borrower { name: String! loans: [Loan] head: Person }
    `,
    people: `
      type Query { people: [Person] }
      type Person @key(fields: "id") { id: ID! name: String! @shareable born: Int contact: Contact read: [Book!] }
      type Rater @key(fields: "handle") { handle: ID! person: Person level: Float! @inaccessible }
      union Contact = Phone | Mail
      type Phone { number: String! value: Int }
      type Mail { address: String! value: Int }
      type Book @key(fields: "id") @key(fields: "isbn") { id: ID! isbn: String! readers: [Person] blurb: String }
    `,
  },
}
