import { createHmac } from 'node:crypto'

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'
const tokenCharacters = 16

/** What a value becomes that must go and still be told from others: equal values, equal tokens. */
export type TokenOf = (value: string) => string

/**
 * Tokens under a key: `~` and sixteen characters of base32, the first 80 bits of an HMAC-SHA256. Who
 * has not the key cannot try values out.
 */
export function tokensUnder(key: Buffer): TokenOf {
  // An event says the same thing in several places.
  const last = new Map<string, string>()
  return (value) => {
    const known = last.get(value)
    if (known !== undefined) return known
    const token = tokenUnder(key, value)
    if (last.size >= lastMax) last.clear()
    last.set(value, token)
    return token
  }
}

const lastMax = 200

function tokenUnder(key: Buffer, value: string): string {
  const digest = createHmac('sha256', key).update(value).digest()
  let token = '~'
  for (let index = 0; index < tokenCharacters; index += 1) {
    const bit = index * 5
    const pair = digest.readUInt16BE(bit >> 3)
    token += alphabet.charAt((pair >> (11 - (bit & 7))) & 31)
  }
  return token
}

/** Whether the text has the form of a token: that it is one, its form alone does not prove. */
export function isToken(text: string): boolean {
  return /^~[a-z2-7]{16}$/.test(text)
}
