import { scaleSqrt } from 'd3-scale'
import { releaseName } from '../domain/release.js'
import type { ReportingPeriod } from '../domain/reporting-period.js'
import type { PublicationContext } from '../publication/publish-breakdown.js'
import type { MobilityMatrix } from '../publication/publish-mobility.js'
import { escapeXml, palette, toSvgDocument } from './svg-document.js'

const cellSize = 40
const left = 150
const top = 180
/** Opacity of the largest figure's cell; white text is read from half of it on. */
const darkest = 0.95

/** Draws the matrix: home institutions in rows, awarding institutions in columns, the more learners the darker. */
export function drawMobility(
  { codes, publication }: PublicationContext,
  matrix: MobilityMatrix,
  period: ReportingPeriod,
): string {
  const homes = codes.byDimension.homeMember.map(({ code }) => code)
  const awarding = codes.byDimension.awardingMember.map(({ code }) => code)
  const values = new Map(
    matrix.cells.map(({ home, awarding: to, cell }) => [
      `${home} ${to}`,
      cell.kind === 'value' ? cell.value : 0,
    ]),
  )
  const learnersFrom = (home: string, to: string) => values.get(`${home} ${to}`) ?? 0
  const shade = scaleSqrt([0, Math.max(1, ...values.values())], [0.05, darkest])
  const width = left + awarding.length * cellSize + 20
  const height = top + homes.length * cellSize + 50
  const middle = top + (homes.length * cellSize) / 2
  const axes = [
    `<text x="${left}" y="56" fill="#555555">awarding institution →</text>`,
    `<text transform="translate(24 ${middle}) rotate(-90)" text-anchor="middle" fill="#555555">← home institution</text>`,
  ]
  const columns = awarding.map((to, column) => {
    const x = left + column * cellSize + cellSize / 2
    return `<text transform="translate(${x + 4} ${top - 8}) rotate(-60)">${escapeXml(to)}</text>`
  })
  const rows = homes.flatMap((home, row) => {
    const y = top + row * cellSize + cellSize / 2
    const label = `<text x="${left - 8}" y="${y + 4}" text-anchor="end">${escapeXml(home === '_X' ? 'no member' : home)}</text>`
    const cells = awarding.map((to, column) => {
      const value = learnersFrom(home, to)
      const x = left + column * cellSize + cellSize / 2
      if (value === 0) return `<circle cx="${x}" cy="${y}" r="1" fill="#bbbbbb"/>`
      const ink = shade(value) > 0.6 ? '#ffffff' : '#222222'
      return `<rect x="${x - 19}" y="${y - 19}" width="38" height="38" rx="2" fill="${palette[0]}" fill-opacity="${shade(value).toFixed(2)}"/><text x="${x}" y="${y + 4}" text-anchor="middle" font-size="11" fill="${ink}">${value}</text>`
    })
    return [label, ...cells]
  })
  const [largest] = matrix.cells.toSorted(
    (a, b) =>
      learnersFrom(b.home ?? '', b.awarding ?? '') - learnersFrom(a.home ?? '', a.awarding ?? ''),
  )
  return toSvgDocument(
    { width, height },
    {
      title: 'Learners by home and awarding institution',
      description: `Home institutions in rows, awarding institutions in columns. Largest: from ${largest?.home} to ${largest?.awarding}.`,
      footnote: `Awarded in ${period.code}. Release ${releaseName(matrix.release)}, policy ${publication.policy.name}: 0 stands for few or none.`,
      table: [
        ['Home', ...awarding],
        ...homes.map((home) => [home, ...awarding.map((to) => String(learnersFrom(home, to)))]),
      ],
    },
    [...axes, ...columns, ...rows].join('\n'),
  )
}
