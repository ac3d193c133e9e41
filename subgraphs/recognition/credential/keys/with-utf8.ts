// One piece of memory for all: a new one for every text costs more in garbage than encoding it.
const scratch = Buffer.allocUnsafeSlow(65_536)

/**
 * What `use` makes of the text's UTF-8.
 *
 * @param use - Keeps nothing of the bytes and does not wait: the next text is written over them.
 */
export function withUtf8<Result>(text: string, use: (bytes: Uint8Array) => Result): Result {
  // A UTF-16 unit takes three bytes at most.
  if (text.length * 3 > scratch.length) return use(Buffer.from(text))
  return use(scratch.subarray(0, scratch.write(text)))
}
