import { createHash, randomBytes } from 'node:crypto'

/** A fresh secret of 256 bits as base64url: nobody guesses it, so a plain hash of it is enough to keep. */
export function createSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** What is kept instead of a secret. Different uses of one secret have different hashes. */
export function hashSecret(use: string, ...parts: readonly string[]): string {
  // JSON keeps the parts apart: ('a', 'bc') and ('ab', 'c') are two things.
  return createHash('sha256')
    .update(JSON.stringify([use, ...parts]))
    .digest('base64url')
}

/** Six digits for a learner to type over, each as likely as any other. */
export function createTransactionCode(): string {
  const millions = 2 ** 32 - (2 ** 32 % 1_000_000)
  for (;;) {
    const value = randomBytes(4).readUInt32BE()
    if (value < millions) return String(value % 1_000_000).padStart(6, '0')
  }
}
