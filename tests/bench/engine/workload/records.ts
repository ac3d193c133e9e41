export interface User {
  readonly id: string
  readonly username: string
  readonly name: string
}

export interface Product {
  readonly upc: string
  readonly name: string
  readonly price: number
  readonly weight: number
}

export interface Review {
  readonly id: string
  readonly body: string
  readonly authorId: string
  readonly upc: string
}

const people = [
  'Aino Laine',
  'Niamh Byrne',
  'Lars Holm',
  'Marta Kowalska',
  'Jonas Kazlauskas',
  'Ana Reis',
] // prettier-ignore
const goods = ['Table', 'Couch', 'Chair', 'Lamp', 'Shelf', 'Desk', 'Stool', 'Bench', 'Rug']
const verdicts = [
  'Solid, and easy to put together.',
  'Too expensive for what it is.',
  'Could be better; one screw was missing.',
  'Prefer something else.',
  'Lovely colour, arrived early.',
  'Wobbles a little on a stone floor.',
]

export const users: readonly User[] = people.map((name, index) => ({
  id: `u${index + 1}`,
  username: `@${name.toLowerCase().replaceAll(' ', '.')}`,
  name,
}))

export const products: readonly Product[] = goods.map((name, index) => ({
  upc: `p${index + 1}`,
  name,
  // One above the limit from which shipping is free.
  price: index === 1 ? 1_299 : 89 + index * 57,
  weight: 100 + index * 45,
}))

/** Four reviews by each user, of products that lie apart: nested lists repeat entities, and an answer has 87 KB. */
export const reviews: readonly Review[] = users.flatMap((user, index) =>
  [0, 1, 2, 3].map((turn) => ({
    id: `r${index * 4 + turn + 1}`,
    body: verdicts[(index + turn) % verdicts.length] ?? '',
    authorId: user.id,
    upc: products[(index + turn * 3) % 7]?.upc ?? '',
  })),
)
