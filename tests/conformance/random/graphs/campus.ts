import type { RandomGraph } from '../random-graph.js'

/** Keys that no two subgraphs next to each other share, nested keys, progressive overrides, chains of required fields. */
export const campusGraph: RandomGraph = {
  name: 'campus',
  subgraphs: {
    registry: `
      type Query {
        student(id: ID!): Student
        students(of: StudentFilter): [Student]
        today: String @shareable
        calendar: [[Term!]!]
      }
      input StudentFilter { ids: [ID!] years: [[Int!]] level: Level active: Boolean = true }
      enum Level { BACHELOR MASTER DOCTORATE }
      type Student @key(fields: "id") @key(fields: "number") {
        id: ID! number: Int! name: Name level: Level advisor: Teacher enrolments(term: String = "S1"): [Enrolment!]
        nickname: String @override(from: "housing", label: "percent(50)")
      }
      type Name @shareable { given: String family: String! }
      type Enrolment @key(fields: "student { id } course { code }") {
        student: Student! course: Course! since: Term grade: Float
      }
      type Course @key(fields: "code") { code: ID! }
      type Teacher @key(fields: "id") { id: ID! }
      type Term { name: String! year: Int weeks: [Int!]! }
    `,
    courses: `
      type Query { course(code: ID!): Course courses: [Course!] today: String @shareable find(any: [ID]): [Hit] }
      type Course @key(fields: "code") @key(fields: "uid") {
        code: ID! uid: ID! title(language: Language): String credits: Float! teachers: [Teacher] prerequisites: [Course]
        plan: [[Session]]
      }
      enum Language { EN DE PT }
      union Session = Lecture | Lab
      type Lecture { topic: String! minutes: Int teacher: Teacher }
      type Lab { room: String minutes: Int! course: Course }
      union Hit = Course | Teacher | Lecture
      type Teacher @key(fields: "id") { id: ID! courses: [Course] office: String }
    `,
    staff: `
      type Query { teacher(id: ID!): Teacher! }
      interface Employee { id: ID! salary(per: Period! = MONTH): Float boss: Employee }
      enum Period { MONTH YEAR }
      type Teacher implements Employee @key(fields: "id") @key(fields: "badge") {
        id: ID! badge: String! name: Name salary(per: Period! = MONTH): Float boss: Employee
      }
      type Clerk implements Employee { id: ID! salary(per: Period! = MONTH): Float boss: Employee desk: Int! }
      type Name @shareable { given: String family: String! }
    `,
    quality: `
      type Course @key(fields: "code") @key(fields: "uid") {
        code: ID!
        uid: ID!
        score(weights: [Float!] = [1, 2]): Int
        verdict: Verdict
      }
      type Verdict { text: String courses: [Course!] by: Teacher }
      type Teacher @key(fields: "badge") { badge: String! marks: [[Float]!] evaluations: [Verdict!] }
    `,
    housing: `
      type Query { rooms: [Room!] }
      type Student @key(fields: "id") @key(fields: "number") { id: ID! number: Int! room: Room nickname: String }
      type Room @key(fields: "building { code } number") { building: Building! number: Int! students: [Student!]! rent: Float }
      type Building @key(fields: "code") { code: String! name: String rooms: [[Room!]] }
    `,
    care: `
      type Course @key(fields: "code") {
        code: ID!
        credits: Float! @external
        teachers: [Teacher] @external
        load: Float! @requires(fields: "credits")
        panel: [String!] @requires(fields: "teachers { badge }")
      }
      type Teacher @key(fields: "badge") { badge: String! @external }
      type Student @key(fields: "id") { id: ID! level: Level @external isQuiet: Boolean @requires(fields: "level") }
      enum Level { BACHELOR MASTER DOCTORATE }
      type Room @key(fields: "building { code } number") {
        building: Building!
        number: Int!
        rent: Float @external
        deposit: Float @requires(fields: "rent building { name }")
      }
      type Building @key(fields: "code") { code: String! name: String @external }
    `,
    facilities: `
      type Room @key(fields: "building { code } number") {
        building: Building! number: Int!
        tickets(open: Boolean = true): [Ticket]
      }
      type Building @key(fields: "code") { code: String! floors: Int manager: Teacher }
      type Ticket { text: String! room: Room by: Reporter }
      union Reporter = Student | Teacher
      type Student @key(fields: "id") { id: ID! tickets: [Ticket!] }
      type Teacher @key(fields: "id") { id: ID! }
    `,
  },
}
