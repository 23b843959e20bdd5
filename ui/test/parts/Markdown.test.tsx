import { render } from "preact"
import { expect, test } from "vitest"
import { anchor, Markdown } from "../../src/parts/Markdown"
import { pageOf } from "../../src/screens/help/pages"

function drawn(text: string): HTMLElement {
  const place = document.createElement("div")
  render(<Markdown tokens={pageOf("a", "en", text).tokens} />, place)
  return place
}

test("headings, lists, tables and code become elements", () => {
  const place = drawn("# Sites\n\n1. one\n2. `two`\n\n| key | unit |\n|---|--:|\n| a | s |\n\n```\nx < y\n```\n")
  expect(place.querySelector("h2")?.id).toBe("sites")
  expect(place.querySelectorAll("ol > li")).toHaveLength(2)
  expect(place.querySelector("td.right")?.textContent).toBe("s")
  expect(place.querySelector("pre")?.textContent).toBe("x < y")
})

test("HTML is shown as text", () => {
  const place = drawn("a <b>c</b>\n\n<img src=x onerror=alert(1)>\n")
  expect(place.querySelector("b, img")).toBeNull()
  expect(place.textContent).toContain("<img src=x onerror=alert(1)>")
})

test.each([
  ["[s](sites)", "/help/sites"],
  ["[s](sites.md#limits)", "/help/sites#limits"],
  ["[s](index.md)", "/help"],
  ["[s](https://www.rfc-editor.org/rfc/rfc3875)", "https://www.rfc-editor.org/rfc/rfc3875"],
  ["[s](javascript:alert(1))", undefined],
  ["[s](//elsewhere.example/)", undefined],
])("%s leads to %s", (text, href) => {
  const place = drawn(text)
  expect(place.querySelector("a")?.getAttribute("href")).toBe(href)
  expect(place.textContent).toBe("s")
})

test("a heading's anchor is the one that forges make", () => {
  expect(anchor("Limits of a run: `time_s`")).toBe("limits-of-a-run-time_s")
  expect(anchor("超时与限制")).toBe("超时与限制")
})
