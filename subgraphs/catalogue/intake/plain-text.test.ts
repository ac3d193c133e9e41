import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toPlainText } from './plain-text.js'

describe('plain text of HTML', () => {
  test.each([
    ['<p>One.</p>\n\n<p>Two.</p>', 'One.\n\nTwo.'],
    ['a<br>b<br/>c', 'a\nb\nc'],
    ['<ul><li>x</li><li>y</li></ul>', 'x\n\ny'],
    ['Caf&eacute; &amp; cr&egrave;me &#8211; 5 &lt; 6 &#x20AC;', 'Café & crème – 5 < 6 €'],
    ['&Aring;rhus &Lstrok;&oacute;d&zacute; &ccedil;a &ncaron;', 'Århus Łódź ça ň'],
    ['<b>bo</b>ld', 'bold'],
    ['5 < 6 and a<b', '5 < 6 and a<b'],
    ['one\u00a0two', 'one two'],
    ['', ''],
  ])('turns %j into %j', (html, text) => {
    expect(toPlainText(html)).toBe(text)
  })

  test('scripts, styles and comments leave nothing behind', () => {
    const html = 'a<script>alert(1)</script>b<style>p{}</style>c<!-- d --><SCRIPT src=x>e'
    expect(toPlainText(html)).toBe('a b c')
  })

  test('escaped markup stays visible text and is decoded only once', () => {
    expect(toPlainText('&lt;b&gt; &amp;lt;')).toBe('<b> &lt;')
  })

  test('impossible characters are left out', () => {
    expect(toPlainText('a&#0;b&#xD800;c&#1114112;d')).toBe('abcd')
  })

  test('what is not a known entity stays', () => {
    expect(toPlainText('R&D &unknown; &')).toBe('R&D &unknown; &')
  })

  test('no input takes long', { timeout: 1_000 }, () => {
    for (const part of ['<', '<!--', '<script', '<p ', '&', '&#', ' \n']) {
      toPlainText(part.repeat(20_000))
    }
  })

  test('any text comes out well formed and without tags of its own making', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(toPlainText(`<p>${text.replaceAll(/[<&]/g, '')}</p>`)).not.toMatch(/<\/?p>/)
      }),
      { seed: 7 },
    )
  })
})
