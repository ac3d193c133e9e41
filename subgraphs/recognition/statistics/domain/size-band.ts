/** Bands of size in ECTS: each from its `from` up to the next one's, in thousandths. */
export const sizeBands = [
  { code: 'NONE', from: 0, description: 'bears no credit' },
  { code: 'UNDER_3', from: 1, description: 'less than 3 ECTS' },
  { code: '3_TO_5', from: 3_000, description: '3 to less than 6 ECTS' },
  { code: '6_TO_9', from: 6_000, description: '6 to less than 10 ECTS' },
  { code: '10_TO_29', from: 10_000, description: '10 to less than 30 ECTS' },
  { code: '30_AND_MORE', from: 30_000, description: '30 ECTS and more' },
] as const
