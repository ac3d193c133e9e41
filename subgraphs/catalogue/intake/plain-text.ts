const dropped = /<(script|style|template|noscript)\b[\s\S]*?(?:<\/\1\s*>|$)|<!--[\s\S]*?(?:-->|$)/gi
const breaks =
  /<\/?(?:p|div|br|li|ul|ol|h[1-6]|tr|table|section|article|blockquote|pre|hr)\b[^<>]*>/gi
const tags = /<\/?[a-z!?][^<>]*>/gi
const entities = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z][a-z\d]{1,31}));/gi

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  shy: '',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  bull: '•',
  middot: '·',
  laquo: '«',
  raquo: '»',
  lsquo: '‘',
  rsquo: '’',
  sbquo: '‚',
  ldquo: '“',
  rdquo: '”',
  bdquo: '„',
  euro: '€',
  pound: '£',
  sect: '§',
  copy: '©',
  reg: '®',
  trade: '™',
  deg: '°',
  plusmn: '±',
  times: '×',
  divide: '÷',
  frac12: '½',
  sup2: '²',
  sup3: '³',
  micro: 'µ',
  para: '¶',
  iexcl: '¡',
  iquest: '¿',
  ordf: 'ª',
  ordm: 'º',
  szlig: 'ß',
  aelig: 'æ',
  AElig: 'Æ',
  oslash: 'ø',
  Oslash: 'Ø',
  eth: 'ð',
  thorn: 'þ',
  oelig: 'œ',
  OElig: 'Œ',
  lstrok: 'ł',
  Lstrok: 'Ł',
  inodot: 'ı',
}

const accents: Readonly<Record<string, string>> = {
  grave: '\u0300',
  acute: '\u0301',
  circ: '\u0302',
  tilde: '\u0303',
  uml: '\u0308',
  ring: '\u030a',
  cedil: '\u0327',
  caron: '\u030c',
  ogon: '\u0328',
  macr: '\u0304',
  dot: '\u0307',
  breve: '\u0306',
}

/**
 * Plain text of an HTML fragment: scripts, styles, comments and tags are gone, blocks end a line, entities are
 * characters. Entities are decoded last and once, so `&lt;b&gt;` stays visible as `<b>` and is never markup again.
 *
 * The result is text, not safe HTML: whoever puts it into a page escapes it there.
 */
export function toPlainText(html: string): string {
  return (
    html
      .replace(dropped, ' ')
      // Line ends of the source mean nothing in HTML, but plain text in an HTML field has only them.
      .replaceAll(/\r\n?/g, '\n')
      .replace(breaks, '\n')
      .replace(tags, '')
      .replace(entities, decodeEntity)
      .replaceAll(/[^\S\n]+/g, ' ')
      .replaceAll(/ ?\n ?/g, '\n')
      .replaceAll(/\n{3,}/g, '\n\n')
      .trim()
  )
}

function decodeEntity(
  whole: string,
  decimal?: string,
  hexadecimal?: string,
  name?: string,
): string {
  if (name !== undefined) return decodeName(name) ?? whole
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal)
  const isSurrogate = code >= 0xd800 && code <= 0xdfff
  const isControl = code < 0x20 && code !== 9 && code !== 10
  if (code > 0x10ffff || isSurrogate || isControl) return ''
  return String.fromCodePoint(code)
}

// Accented letters are a letter and an accent's name (`eacute`, `Ccedil`), so they need no table of their own.
function decodeName(name: string): string | null {
  if (Object.hasOwn(named, name)) return named[name] ?? null
  const accent = accents[name.slice(1)]
  return accent === undefined ? null : `${name.slice(0, 1)}${accent}`.normalize('NFC')
}
