import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sampleOffering, sampleOpportunity } from './sample-records.fixture.js'
import { openTestCatalogue, type TestCatalogue } from './test-catalogue.fixture.js'

let catalogue: TestCatalogue

beforeAll(async () => {
  catalogue = await openTestCatalogue(['nl', 'es', 'pl'])
  await catalogue.put([
    sampleOpportunity('AI1', {
      title: { en: 'Artificial intelligence', nl: 'Kunstmatige intelligentie' },
      offerings: [sampleOffering('AI1-1', { code: 'AI1-2027' })],
    }),
    sampleOpportunity('PROG', {
      title: { es: 'Programación de sistemas' },
      description: { es: 'Diseño y evaluación' },
      offerings: [sampleOffering('PROG-1')],
    }),
    sampleOpportunity('LODZ', {
      title: { pl: 'Inżynieria żywności' },
      topics: ['Łódź'],
      learningOutcomes: [{ code: null, title: { en: 'Measures particles' }, skills: [] }],
    }),
    sampleOpportunity('AIR', {
      title: { en: 'Aircraft design' },
      description: { en: 'Machine learning is mentioned in passing' },
    }),
    sampleOpportunity('ML', { title: { en: 'Machine learning' }, description: {} }),
  ])
})
afterAll(() => catalogue.drop())

async function find(text: string): Promise<string[]> {
  const page = await catalogue.reader.pageOpportunities({ filter: { text }, page: {} })
  return page.edges.map(({ node }) => node.codes[0]?.code ?? '')
}

describe('search', () => {
  it.each([
    ['artificial intelligence', 'AI1', 'English'],
    ['Artificially intelligent', 'AI1', 'English, inflected'],
    ['kunstmatige', 'AI1', 'Dutch'],
    ['kunstmatig intelligentie', 'AI1', 'Dutch, inflected'],
    ['programación', 'PROG', 'Spanish with accents'],
    ['programacion', 'PROG', 'Spanish without accents'],
    ['PROGRAMACIÓN', 'PROG', 'Spanish in capitals'],
    ['diseno', 'PROG', 'a description without accents'],
    ['inzynieria zywnosci', 'LODZ', 'Polish without accents'],
    ['inżynieria', 'LODZ', 'Polish with accents'],
    ['lodz', 'LODZ', 'a topic with a letter Unicode does not decompose'],
    ['measuring particles', 'LODZ', 'a learning outcome'],
    ['AI1', 'AI1', 'a code'],
    ['"artificial intelligence"', 'AI1', 'a phrase'],
    ['artificial intell', 'AI1', 'the beginning of the last word'],
    ['artificial—intelligence', 'AI1', 'words joined by a dash beyond ASCII'],
  ])('finds "%s" → %s (%s)', async (text, code) => {
    expect(await find(text)).toContain(code)
  })

  it('ranks a hit in the title above one in the description', async () => {
    expect(await find('machine learning')).toEqual(['ML', 'AIR'])
  })

  it('does not take a short word for the beginning of another', async () => {
    expect(await find('ai')).toEqual([])
  })

  it('leaves out what is excluded, in its inflected forms too', async () => {
    expect(await find('learning -aircrafts')).toEqual(['ML'])
    expect(await find('-learning -intelligence')).toEqual(expect.arrayContaining(['PROG', 'LODZ']))
    expect(await find('-learning -intelligence')).not.toContain('ML')
  })

  it.each([
    "'",
    '"',
    '(',
    'a & | !',
    ':*',
    '-',
    '- -',
    '"unclosed',
    'a:b:c',
    '\\',
    '—',
    '<->',
    "o'neill; drop",
  ])('takes %j as text, not as syntax', async (text) => {
    await expect(find(text)).resolves.toBeInstanceOf(Array)
  })

  it('finds a run by its own code and by the texts of its opportunity', async () => {
    for (const text of ['AI1-2027', 'kunstmatige']) {
      const page = await catalogue.reader.pageOfferings({ filter: { text }, page: {} })
      expect(page.edges.map(({ node }) => node.id)).toEqual([`${catalogue.slug}:offering:AI1-1`])
    }
  })

  it('ranks equal content equally whatever the number of languages searched', async () => {
    const other = await openTestCatalogue(['en'])
    try {
      const record = sampleOpportunity('ML', { title: { en: 'Machine learning' }, description: {} })
      await other.put([record])
      const read = (reader: TestCatalogue['reader']) =>
        reader.pageOpportunities({ filter: { text: 'machine learning' }, page: { first: 1 } })
      const [here, there] = [await read(catalogue.reader), await read(other.reader)]
      const rankOf = (page: typeof here) =>
        JSON.parse(Buffer.from(page.edges[0]?.cursor ?? '', 'base64url').toString())[3]
      expect(rankOf(here)).toEqual(rankOf(there))
    } finally {
      await other.drop()
    }
  })
})
