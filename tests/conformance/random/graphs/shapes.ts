import type { RandomGraph } from '../random-graph.js'

/** Interfaces of interfaces, unions of entities and values, one name for different fields, deep inputs, custom scalars. */
export const shapesGraph: RandomGraph = {
  name: 'shapes',
  subgraphs: {
    forms: `
      type Query {
        node(id: ID!): Node
        nodes(ids: [ID!]!): [Node]!
        shapes(where: Where): [Shape!]
        anything(depth: Int! = 2): [[[Anything]]]
        deep(input: [[Deep!]]): Deeper
        scalarOf(json: JSON, at: DateTime): JSON
      }
      scalar JSON
      scalar DateTime
      input Where { and: [Where!] or: [Where] not: Where area: Range colour: Colour label: String }
      input Range { min: Float! = 0.5 max: Float = 9.5 }
      input Deep { level: Int! next: Deep colours: [Colour!]! = [RED] range: Range = { min: 1 } }
      enum Colour { RED GREEN BLUE }
      interface Node { id: ID! }
      interface Shape implements Node { id: ID! area(unit: Unit): Float colour: Colour parent: Shape }
      interface Round implements Shape & Node { id: ID! area(unit: Unit): Float colour: Colour parent: Shape radius: Float! }
      enum Unit { CM M }
      type Circle implements Shape & Node & Round @key(fields: "id") {
        id: ID! area(unit: Unit): Float colour: Colour parent: Shape radius: Float! value: Int size: Int!
      }
      type Ring implements Shape & Node & Round @key(fields: "id") @key(fields: "slug") {
        id: ID! slug: String! area(unit: Unit): Float colour: Colour parent: Circle radius: Float! value: String holes: [Circle!]
      }
      type Square implements Shape & Node @key(fields: "id") {
        id: ID! area(unit: Unit): Float colour: Colour parent: Shape side(unit: Unit = CM, factor: Float): Float value: [Int]
      }
      type Label implements Node { id: ID! text: String! on: [Anything!]! value: Int size: Int }
      union Anything = Circle | Square | Label | Deeper
      type Deeper { level: Int! next: Deeper any: Anything node: Node json: JSON }
    `,
    paint: `
      type Query { palette(colour: Colour = RED): Palette! painted: [Painted] }
      enum Colour { RED GREEN BLUE }
      type Palette @key(fields: "colour") { colour: String! paints: [Paint!] mixed: [[Colour]] }
      interface Painted { coats: Int layers: [Layer!] }
      type Layer { paint: Paint thickness(unit: Unit): Float! over: Painted }
      enum Unit { CM M }
      type Paint @key(fields: "id") { id: ID! name: String palette: Palette on: [Canvas] }
      union Canvas = Circle | Ring | Square | Wall
      type Wall implements Painted { coats: Int layers: [Layer!] length: Float }
      type Circle implements Painted @key(fields: "id") { id: ID! coats: Int layers: [Layer!] }
      type Ring implements Painted @key(fields: "slug") { slug: String! coats: Int layers: [Layer!] }
      type Square @key(fields: "id") { id: ID! coats: Float paint: Paint }
    `,
    measure: `
      type Circle @key(fields: "id") {
        id: ID! radius: Float! @external area(unit: Unit): Float @external
        diameter: Float! @requires(fields: "radius")
        weight(of: Material = WOOD): Float @requires(fields: "area(unit: M)")
      }
      enum Unit { CM M }
      enum Material { WOOD STEEL }
      type Square @key(fields: "id") { id: ID! weight(of: Material = WOOD): Float twin: Square }
      type Paint @key(fields: "id") { id: ID! density: Float! tests(on: [DateTime!]): [Test] }
      scalar DateTime
      type Test { at: DateTime! result: Result }
      union Result = Passed | Failed
      type Passed { value: Float! score: Int }
      type Failed { value: Float! reason: [String!] paint: Paint }
    `,
  },
}
