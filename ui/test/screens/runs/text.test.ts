import { expect, test } from "vitest"
import { asText, bytesOf, hexLines, inline, visible } from "../../../src/screens/runs/text"

const base64 = (...bytes: number[]) => ({ $base64: btoa(String.fromCharCode(...bytes)) })
const letters = (text: string) => [...new TextEncoder().encode(text)]

test("one byte that is no UTF-8 leaves the rest readable", () => {
  expect(asText(base64(...letters("caf"), 0xe9, ...letters(" 你好, a line of a page")), false)).toEqual({ text: "caf\\xe9 你好, a line of a page", isSpelt: true })
})

test("bytes that are no text at all are none", () => {
  expect(asText(base64(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d), false)).toBeNull()
  expect(asText(base64(0xff, 0xfe, 0x81, 0x82, 0x83, 0x41), false)).toBeNull()
})

test("what only looks like UTF-8 is spelt: overlong, half a pair, beyond the last letter", () => {
  const long = letters("a long enough line, so that it counts as text all the same")
  expect(asText(base64(...long, 0xc0, 0xaf, 0xed, 0xa0, 0x80), false)?.text).toMatch(/same\\xc0\\xaf\\xed\\xa0\\x80$/)
  expect(asText(base64(...long, 0xf4, 0x90, 0x80, 0x80), false)?.text).toMatch(/same\\xf4\\x90\\x80\\x80$/)
})

test("a mebibyte of noise, or of letters and noise, does not hold the window up", () => {
  const noise = { $base64: btoa(String.fromCharCode(...Array.from({ length: 48 }, (_, n) => 1 + ((n * 167) % 255)))).repeat(1 << 14) }
  expect(asText(noise, false)).toBeNull()
  const page = { $base64: base64(...letters("中文和 a line of texts"), 0xff, 0x41).$base64.repeat(1 << 15) }
  expect(asText(page, false)?.text.length).toBeGreaterThan(1 << 19)
})

test("a cut through a letter is no wrong byte", () => {
  const [a, b] = letters("你")
  expect(asText(base64(...letters("你好"), a ?? 0, b ?? 0), true)).toEqual({ text: "你好", isSpelt: false })
})

test("a value of a table is one string, with nothing hidden in it", () => {
  expect(inline(base64(0x41, 0xff, 0x42))).toBe("A\\xffB")
  expect(inline("a\u001b[31mb\u202ec")).toBe("a\\x1b[31mb\\u202ec")
})

test("line ends and tabs are no control characters", () => {
  expect(visible("a\r\nb\tc\n")).toBe("a\nb\tc\n")
})

test("bytes come out as they went in", () => {
  expect([...bytesOf(base64(0, 255, 65))]).toEqual([0, 255, 65])
  expect(bytesOf("你").length).toBe(3)
})

test("hexadecimal has sixteen bytes a line", () => {
  const lines = hexLines(Uint8Array.from({ length: 20 }, (_, n) => 0x40 + n), 4096).split("\n")
  expect(lines).toEqual([
    "000000  40 41 42 43 44 45 46 47 48 49 4a 4b 4c 4d 4e 4f  @ABCDEFGHIJKLMNO",
    `000010  50 51 52 53${" ".repeat(36)}  PQRS`,
  ])
})
