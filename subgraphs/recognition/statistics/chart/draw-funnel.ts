import { scaleLinear } from 'd3-scale'
import { releaseName } from '../domain/release.js'
import type { PublicationContext, PublishedBreakdown } from '../publication/publish-breakdown.js'
import { escapeXml, palette, toSvgDocument } from './svg-document.js'
import { wrapLabel } from './wrap-label.js'

const width = 720
const rowHeight = 56
const top = 56
const left = 220
const labelLength = 28
/** Narrower parts of a bar have no number: it would stand in the next one. */
const narrowestNumber = 30

/** Draws the steps of one pathway: who began, and what became of them. */
export function drawFunnel(
  context: PublicationContext,
  { rows, release }: PublishedBreakdown,
  pathwayId: string,
): string {
  const { codes, publication } = context
  const labels = codes.steps.get(pathwayId) ?? []
  const name = codes.byDimension.pathway.find(({ code }) => code === pathwayId)?.label ?? pathwayId
  const steps = rows.map((row, index) => ({
    label: `${index + 1} ${labels[index]?.label ?? ''}`,
    started: row.persons('step.started'),
    parts: (['completed', 'active', 'withdrawn'] as const).map((state) => ({
      state,
      count: row.persons(`step.${state}`),
    })),
  }))
  const most = Math.max(1, ...steps.map(({ started }) => started))
  const x = scaleLinear([0, most], [0, width - left - 90])
  const height = top + steps.length * rowHeight + 60
  const drawing = steps.map(({ label, started, parts }, index) => {
    const y = top + index * rowHeight
    let from = 0
    const bars = parts.map(({ count }, place) => {
      const width = x(Math.max(0, Math.min(count, most - from)))
      const bar = `<rect x="${left + x(from)}" y="${y + 8}" width="${width}" height="26" fill="${palette[place]}"/>`
      const ink = place === 1 ? '#222222' : '#ffffff'
      const number = `<text x="${left + x(from) + width / 2}" y="${y + 25}" text-anchor="middle" font-size="11" fill="${ink}">${count}</text>`
      from += count
      return width < narrowestNumber ? bar : bar + number
    })
    const lines = wrapLabel(label, labelLength, 2)
    const firstY = y + 25 - (lines.length - 1) * 7
    const text = lines.map(
      (line, index) => `<tspan x="16" y="${firstY + index * 14}">${escapeXml(line)}</tspan>`,
    )
    return `<text>${text.join('')}</text>
<rect x="${left}" y="${y + 6}" width="${x(started)}" height="30" fill="none" stroke="#333333"/>${bars.join('')}
<text x="${left + x(started) + 8}" y="${y + 25}">${started}</text>`
  })
  const legend = ['completed', 'active', 'withdrawn'].map(
    (state, index) =>
      `<rect x="${left + index * 110}" y="${height - 46}" width="12" height="12" fill="${palette[index]}"/><text x="${left + 18 + index * 110}" y="${height - 36}">${state}</text>`,
  )
  return toSvgDocument(
    { width, height },
    {
      title: `${name}: learners by step`,
      description: steps
        .map(({ label, started }) => `${label}: ${started} learners began.`)
        .join(' '),
      footnote: `Enrolled in ${release.period.code}. Release ${releaseName(release)}, policy ${publication.policy.name}: figures are rounded and need not add up.`,
      table: [
        ['Step', 'Started', 'Completed', 'Active', 'Withdrawn'],
        ...steps.map(({ label, started, parts }) => [
          label,
          String(started),
          ...parts.map(({ count }) => String(count)),
        ]),
      ],
    },
    [...drawing, ...legend].join('\n'),
  )
}
