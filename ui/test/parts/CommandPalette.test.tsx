import { render } from "preact"
import { act } from "preact/test-utils"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { addCommands } from "../../src/commands"
import { CommandPalette } from "../../src/parts/CommandPalette"
import { isPaletteOpen } from "../../src/parts/programCommands"
import { route } from "../../src/router"
import { answering } from "../api"

const place = document.createElement("div")
document.body.append(place)
const ran = vi.fn()
let remove: () => void

beforeEach(async () => {
  remove = addCommands([
    { id: "b", title: () => "Open folder", group: "site", run: () => ran("folder") },
    { id: "a", title: () => "Open in browser", group: "site", keys: ["O"], run: () => ran("browser") },
    { id: "x", title: () => "Open nothing", group: "site", isEnabled: () => false, run: () => ran("nothing") },
  ])
  isPaletteOpen.value = true
  await act(() => render(<CommandPalette />, place))
})
afterEach(() => {
  render(null, place)
  isPaletteOpen.value = false
  remove()
  ran.mockReset()
  vi.unstubAllGlobals()
})

async function type(text: string): Promise<void> {
  await act(() => {
    field().value = text
    field().dispatchEvent(new Event("input", { bubbles: true }))
  })
}
async function press(key: string): Promise<void> {
  await act(() => void field().dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })))
}
function field(): HTMLInputElement {
  const found = place.querySelector("input")
  if (!found) throw new Error("no field")
  return found
}

test("what can be done is listed with its key, what cannot is not", () => {
  expect([...place.querySelectorAll("[role=option]")].map((option) => option.textContent)).toEqual(["Open folder", "Open in browserO"])
})

test("arrows choose, Enter does it and closes", async () => {
  await press("ArrowDown")
  expect(field().getAttribute("aria-activedescendant")).toBe(place.querySelector("[aria-selected=true]")?.id)
  await press("Enter")
  expect(ran).toHaveBeenCalledExactlyOnceWith("browser")
  expect(isPaletteOpen.value).toBe(false)
})

test("a number leads to its run, whatever site that belongs to", async () => {
  answering({ "GET /api/runs/1284": () => ({ body: { site: "guest" } }) })
  await type("#1284")
  await press("Enter")
  await vi.waitFor(() => expect(route.value).toMatchObject({ screen: "runs", site: "guest", run: 1284 }))
})

test("a run that is not there is said, and the palette stays", async () => {
  answering({})
  await type("999999")
  await press("Enter")
  await vi.waitFor(() => expect(place.querySelector("[role=alert]")?.textContent).toContain("There is no run #999999"))
  expect(isPaletteOpen.value).toBe(true)
})
