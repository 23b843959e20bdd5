/** Bytes as they come over the API (text, or marked base64), made fit to be read. */
import type { Text } from "../../model/types"

/** What of a stream is drawn at once; the rest is a click away.  A browser lays out no mebibyte in a blink. */
export const SHOWN = 100_000

export function isBinary(text: Text): text is { $base64: string } {
  return typeof text !== "string"
}

export function bytesOf(text: Text): Uint8Array {
  if (!isBinary(text)) return new TextEncoder().encode(text)
  return Uint8Array.from(atob(text.$base64), (char) => char.charCodeAt(0))
}

/** For one line of a table.  Bytes that are no UTF-8 are spelt \xNN. */
export function inline(text: Text): string {
  if (!isBinary(text)) return visible(text)
  return [...bytesOf(text)].map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, "0")}`)).join("")
}

/** Sixteen bytes a line: place, hexadecimal, and the letters among them. */
export function hexLines(bytes: Uint8Array, most = 4096): string {
  const lines: string[] = []
  for (let at = 0; at < Math.min(bytes.length, most); at += 16) {
    const row = [...bytes.subarray(at, Math.min(at + 16, most))]
    const hex = row.map((byte) => byte.toString(16).padStart(2, "0")).join(" ")
    const letters = row.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "·")).join("")
    lines.push(`${at.toString(16).padStart(6, "0")}  ${hex.padEnd(47)}  ${letters}`)
  }
  return lines.join("\n")
}

/** What cannot be seen is made visible: control characters become their pictures (␛), so a stream cannot hide. */
export function visible(text: string): string {
  return text.replace(/\r\n/g, "\n").replace(/[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, picture)
}

function picture(char: string): string {
  const code = char.charCodeAt(0)
  if (code === 0x7f) return "\u2421"
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : `\\u${code.toString(16)}`
}
