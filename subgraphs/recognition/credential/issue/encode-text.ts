// One piece of memory for all: a new one for every text costs more in garbage than the encoding itself.
const scratch = Buffer.allocUnsafeSlow(65_536)

/** A text's UTF-8 in base64url, without padding. */
export function encodeText(text: string): string {
  // A UTF-16 unit takes three bytes at most.
  if (text.length * 3 > scratch.length) return Buffer.from(text).toString('base64url')
  return scratch.toString('base64url', 0, scratch.write(text))
}
