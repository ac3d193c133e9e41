import { scaleLinear } from 'd3-scale'
import { curveStepAfter, line } from 'd3-shape'
import type { Dimension } from '../domain/dimension.js'
import type { PublishedCell } from '../domain/published-cell.js'
import type { CodeSet } from '../domain/published-codes.js'
import { releaseName } from '../domain/release.js'
import type { ReportingPeriod } from '../domain/reporting-period.js'
import type { PublicationContext } from '../publication/publish-breakdown.js'
import { type SurvivalCurve, survivalWeeks } from '../publication/publish-survival.js'
import { escapeXml, palette, toSvgDocument } from './svg-document.js'
import { wrapLabel } from './wrap-label.js'

const size = { width: 760, height: 420 }
const plot = { left: 56, right: 500, top: 56, bottom: 340 }
const legend = { lines: 2, length: 34, height: 38 }

/** Draws how much of each cohort had not withdrawn, week by week; cohorts that are too small have no curve. */
export function drawSurvival(
  { codes, publication }: PublicationContext,
  curves: readonly SurvivalCurve[],
  period: ReportingPeriod,
): string {
  const x = scaleLinear([0, survivalWeeks.at(-1) ?? 0], [plot.left, plot.right])
  const y = scaleLinear([0, 100], [plot.bottom, plot.top])
  const toLine = line<readonly [number, number]>()
    .x(([weeks]) => x(weeks))
    .y(([, share]) => y(share))
    .curve(curveStepAfter)
  const named = curves.map((curve) => ({
    name: nameOf(codes.byDimension, curve.codes),
    points: curve.points,
    shown: curve.points.flatMap(({ weeks, retained }) =>
      retained.kind === 'value' ? [[weeks, retained.value] as const] : [],
    ),
  }))
  const visible = named.filter(({ shown }) => shown.length > 0)
  const drawn = visible.slice(0, palette.length)
  const axes = [
    `<path d="M${plot.left} ${plot.top}V${plot.bottom}H${plot.right}" fill="none" stroke="#333333"/>`,
    ...[0, 25, 50, 75, 100].map(
      (share) =>
        `<path d="M${plot.left} ${y(share)}H${plot.right}" stroke="#e5e5e5"/><text x="${plot.left - 8}" y="${y(share) + 4}" text-anchor="end">${share} %</text>`,
    ),
    ...survivalWeeks
      .filter((weeks) => weeks % 13 === 0)
      .map(
        (weeks) =>
          `<text x="${x(weeks)}" y="${plot.bottom + 18}" text-anchor="middle">${weeks}</text>`,
      ),
    `<text x="${(plot.left + plot.right) / 2}" y="${plot.bottom + 36}" text-anchor="middle">weeks after enrolment</text>`,
  ]
  const lines = drawn.map(({ name, shown }, index) => {
    const colour = palette[index % palette.length]
    const labelY = plot.top + 8 + index * legend.height
    const label = wrapLabel(name, legend.length, legend.lines).map(
      (line, place) =>
        `<tspan x="${plot.right + 34}" y="${labelY + place * 13}">${escapeXml(line)}</tspan>`,
    )
    return `<path d="${toLine(shown) ?? ''}" fill="none" stroke="${colour}" stroke-width="2"/><rect x="${plot.right + 16}" y="${labelY - 6}" width="12" height="4" fill="${colour}"/><text font-size="11">${label.join('')}</text>`
  })
  const [first] = curves
  const released = first ? `Release ${releaseName(first.release)}, ` : ''
  return toSvgDocument(
    size,
    {
      title: 'Learners who had not withdrawn',
      description: drawn
        .map(({ name, shown }) => `${name}: ${shown.at(-1)?.[1]} per cent after two years.`)
        .join(' '),
      footnote: `Enrolled in ${period.code}. ${released}policy ${publication.policy.name}. ${drawn.length} of ${named.length} cohorts drawn: those of few learners have no curve.`,
      table: [
        ['Cohort', ...survivalWeeks.map((weeks) => `${weeks} weeks`)],
        ...named.map(({ name, points }) => [
          name,
          ...points.map(({ retained }) => toText(retained)),
        ]),
      ],
    },
    [...axes, ...lines].join('\n'),
  )
}

function nameOf(labels: PublicationContext['codes']['byDimension'], codes: CodeSet): string {
  const parts = Object.entries(codes).map(
    ([dimension, code]) =>
      labels[dimension as Dimension].find((each) => each.code === code)?.label ?? code,
  )
  return parts.join(', ') || 'all learners'
}

function toText(cell: PublishedCell): string {
  return cell.kind === 'value' ? `${cell.value} %` : 'hidden'
}
