/** Bytes as they come over the API (text, or marked base64), made fit to be read. */
import type { Text } from "../../model/types"

/** Characters of a stream that are drawn at once; the rest is a click away.  No browser lays out a mebibyte in a blink. */
export const SHOWN = 100_000

export function bytesOf(text: Text): Uint8Array {
  return typeof text === "string" ? new TextEncoder().encode(text) : Uint8Array.from(atob(text.$base64), (char) => char.charCodeAt(0))
}

/** One string for a table: bytes that are no UTF-8 are spelt \xNN. */
export function inline(text: Text): string {
  return visible(typeof text === "string" ? text : spelt(atob(text.$base64)))
}

/**
 * As text, where it is meant to be: one wrong byte in a page does not make it a picture.  Bytes that are no UTF-8
 * are spelt \xNN (`isSpelt`).  null for what is better read in hexadecimal.  Where a stream is kept cut, the cut
 * may go through a letter; what is left of that is dropped.
 */
export function asText(text: Text, isCut: boolean): { text: string; isSpelt: boolean } | null {
  if (typeof text === "string") return { text, isSpelt: false }
  const raw = isCut ? atob(text.$base64).replace(HALF_LETTER, "") : atob(text.$base64)
  const wrong = raw.match(HIGH)?.filter(isWrong).length ?? 0
  return raw.includes("\0") || wrong > raw.length / 10 ? null : { text: spelt(raw), isSpelt: wrong > 0 }
}

const HALF_LETTER = /(?:[\xc2-\xf4]|[\xe0-\xf4][\x80-\xbf]|[\xf0-\xf4][\x80-\xbf]{2})$/

/** Letters of two to four bytes (RFC 3629), some hundred at once; or a byte that is part of none. */
const HIGH =
  /(?:[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}){1,500}|[\x80-\xff]/g

function isWrong(high: string): boolean {
  return high.length === 1
}

function spelt(raw: string): string {
  const decoder = new TextDecoder()
  return raw.replace(HIGH, (found) =>
    isWrong(found) ? `\\x${found.charCodeAt(0).toString(16)}` : decoder.decode(Uint8Array.from(found, (char) => char.charCodeAt(0))),
  )
}

/** Sixteen bytes a line: place, hexadecimal, and the letters among them. */
export function hexLines(bytes: Uint8Array, most: number): string {
  const lines: string[] = []
  for (let at = 0; at < Math.min(bytes.length, most); at += 16) {
    const row = [...bytes.subarray(at, Math.min(at + 16, most))]
    const hex = row.map((byte) => byte.toString(16).padStart(2, "0")).join(" ")
    const letters = row.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "·")).join("")
    lines.push(`${at.toString(16).padStart(6, "0")}  ${hex.padEnd(47)}  ${letters}`)
  }
  return lines.join("\n")
}

/** What cannot be seen is spelt (\x1b, \u202e), so that a stream cannot hide or turn around what it says. */
export function visible(text: string): string {
  return text.replace(/\r\n/g, "\n").replace(/[\0-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]/g, spelling)
}

function spelling(char: string): string {
  const code = char.charCodeAt(0)
  return code < 0x80 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16)}`
}
