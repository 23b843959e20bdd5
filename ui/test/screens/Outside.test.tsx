import { render } from "preact"
import { act } from "preact/test-utils"
import { afterEach, expect, test, vi } from "vitest"
import { codeIn, endSession, token } from "../../src/model/session"
import { LetIn } from "../../src/screens/Outside"
import { answering } from "../api"

const place = document.createElement("div")
document.body.append(place)
afterEach(() => {
  render(null, place)
  vi.unstubAllGlobals()
  endSession()
})

async function paste(text: string): Promise<void> {
  await act(() => render(<LetIn />, place))
  const field = place.querySelector("input")
  if (!field) throw new Error("no field")
  await act(() => {
    field.value = text
    field.dispatchEvent(new Event("input", { bubbles: true }))
  })
  await act(() => void place.querySelector("form")?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true })))
}

test("a pasted link lets the browser in with the code that is in it", async () => {
  const asked = answering({ "POST /api/session": () => ({ body: { token: "secret" } }) })
  await paste("http://127.0.0.1:8000/#code=abc&window=1")
  await vi.waitFor(() => expect(token.value).toBe("secret"))
  expect(asked[0]).toEqual({ what: "POST /api/session", body: { code: "abc" } })
})

test("a code that was used is refused in words", async () => {
  answering({ "POST /api/session": () => ({ status: 403 }) })
  await paste("old")
  await vi.waitFor(() => expect(place.querySelector("[role=alert]")?.textContent).toContain("This link or code does not work"))
  expect(token.value).toBeNull()
})

test("link and bare code are the same", () => {
  expect(codeIn(" abc ")).toBe("abc")
  expect(codeIn("Gatehouse: http://127.0.0.1:1/#code=abc")).toBe("abc")
})
