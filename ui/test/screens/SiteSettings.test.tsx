import { render } from "preact"
import { act } from "preact/test-utils"
import { afterEach, expect, test, vi } from "vitest"
import { takeSite } from "../../src/model/sites"
import { SiteSettings } from "../../src/screens/site/SiteSettings"
import { asText, fromText } from "../../src/screens/site/setting-kinds"
import { answering, type Asked } from "../api"
import { aSite, someSettings } from "./values"

const place = document.createElement("div")
document.body.append(place)
afterEach(() => {
  render(null, place)
  vi.unstubAllGlobals()
})

const AT = "/api/sites/guest/settings"

async function shown(onPatch: (body: unknown) => { status?: number; body?: unknown } = () => ({ body: someSettings() })): Promise<Asked[]> {
  const asked = answering({ [`GET ${AT}`]: () => ({ body: someSettings() }), [`PATCH ${AT}`]: onPatch })
  takeSite(aSite())
  await act(() => render(<SiteSettings slug="guest" />, place))
  await vi.waitFor(() => expect(field("limits.time_s").value).toBe("600"))
  return asked
}

function field(name: string): HTMLInputElement {
  const found = document.getElementById(`setting-${name}`)
  if (!(found instanceof HTMLInputElement)) throw new Error(`no field ${name}`)
  return found
}

async function typed(name: string, text: string, key = "Enter"): Promise<void> {
  await act(() => {
    field(name).value = text
    field(name).dispatchEvent(new Event("input", { bubbles: true }))
  })
  await act(() => void field(name).dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true })))
}

test("the layout that was recognised is said in words", async () => {
  await shown()
  expect(place.textContent).toContain("Pages are served from the folder itself.")
  expect(place.textContent).toContain("Scripts lie in cgi-bin and answer at /cgi-bin/.")
  expect(place.textContent).toContain("A script is started in the site's folder")
})

test("Enter sends one changed key, as a number", async () => {
  const asked = await shown()
  await typed("limits.time_s", "60")
  await vi.waitFor(() => expect(asked.at(-1)).toEqual({ what: `PATCH ${AT}`, body: { "limits.time_s": 60 } }))
})

test("Escape puts back what holds, and sends nothing", async () => {
  const asked = await shown()
  await typed("limits.time_s", "60", "Escape")
  expect(field("limits.time_s").value).toBe("600")
  expect(asked).toHaveLength(1)
})

test("a refusal stands at its field, in words, and what was typed stays", async () => {
  await shown(() => ({ status: 400, body: { slug: "setting-not-whole", error: "port is 99999, and must be …", fix: "Write a whole number." } }))
  await typed("port", "99999")
  await vi.waitFor(() => expect(document.getElementById("setting-port-error")?.textContent).toContain("port is 99999"))
  expect(field("port").getAttribute("aria-invalid")).toBe("true")
  expect(field("port").getAttribute("aria-describedby")).toContain("setting-port-error")
  expect(field("port").value).toBe("99999")
})

test("a key that is set can go back to its default", async () => {
  const asked = await shown()
  const back = [...place.querySelectorAll("button")].filter((button) => button.textContent === "Back to default")
  expect(back).toHaveLength(1)
  await act(() => back[0]?.click())
  await vi.waitFor(() => expect(asked.at(-1)?.body).toEqual({ name: null }))
})

test("an entry of a table is a change of its own", async () => {
  const asked = await shown()
  const remove = place.querySelector<HTMLElement>("[aria-label='Remove LANG']")
  await act(() => remove?.click())
  await vi.waitFor(() => expect(asked.at(-1)?.body).toEqual({ "environment.LANG": null }))
})

test("what is typed becomes what the API wants", () => {
  expect(fromText({ kind: "list" }, " cgi-bin, htbin ,")).toEqual(["cgi-bin", "htbin"])
  expect(fromText({ kind: "number" }, "0,5")).toBe(0.5)
  expect(fromText({ kind: "number" }, "")).toBeNull()
  expect(fromText({ kind: "number" }, "soon")).toBe("soon")
  expect(asText([".cgi", ".pl"])).toBe(".cgi, .pl")
})
