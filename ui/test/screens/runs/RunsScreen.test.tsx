import { render } from "preact"
import { act } from "preact/test-utils"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { commands } from "../../../src/commands"
import { listenForKeys } from "../../../src/keys"
import { forgetRuns, takeRun } from "../../../src/model/run-lists"
import { takeSite } from "../../../src/model/sites"
import { here, navigate, route } from "../../../src/router"
import { RunsScreen } from "../../../src/screens/runs/RunsScreen"
import { answering, type Asked } from "../../api"
import { aSite } from "../values"
import { aRun, anExplanation, aSummary } from "./values"

const place = document.createElement("div")
document.body.append(place)
let stopKeys: () => void
let site: string
let count = 0

// Lists and details are kept by the model as long as the page lives: each test has a site and runs of its own.
beforeEach(() => {
  count += 1
  site = `guest-${count}`
  vi.stubGlobal("ResizeObserver", class { observe() {} disconnect() {} })
  stopKeys = listenForKeys()
  takeSite(aSite({ slug: site }))
})
afterEach(() => {
  render(null, place)
  stopKeys()
  forgetRuns(site)
  vi.unstubAllGlobals()
})

const id = (n: number) => count * 1000 + n

/** The screen as the router draws it, with runs 3, 2, 1, of which 1 failed. */
function Screen() {
  const at = route.value
  return at.screen === "runs" ? <RunsScreen site={at.site} run={at.run} query={at.query} /> : null
}

async function shown(path = `/s/${site}/runs`, runs = [3, 2, 1]): Promise<Asked[]> {
  const lines = runs.map((n) => aSummary({ id: id(n), site, ...(n === 1 ? { verdict: "failed", status: 500, tag: "no-exec-bit" } : {}) }))
  const failed = lines.filter((one) => one.verdict === "failed")
  const page = (some: typeof lines) => ({ body: { runs: some, total: lines.length, failed: failed.length, median_ms: 31 } })
  const asked = answering({
    [`GET /api/sites/${site}/runs?limit=100`]: () => page(lines),
    [`GET /api/sites/${site}/runs?limit=100&verdict=failed`]: () => page(failed),
    [`DELETE /api/sites/${site}/runs`]: () => ({}),
    ...Object.fromEntries(runs.map((n) => [`GET /api/runs/${id(n)}`, () => ({ body: whole(n) })])),
  })
  navigate(path)
  await act(() => render(<Screen />, place))
  await settled()
  return asked
}

function whole(n: number) {
  return aRun({ id: id(n), site, ...(n === 1 ? { verdict: "failed", explanations: [anExplanation()] } : {}) })
}

/** List and run are read; the run that the address names is the one in the inspector. */
async function settled(): Promise<void> {
  await vi.waitFor(() => {
    const at = route.value
    expect(place.querySelector("[aria-busy]")).toBeNull()
    expect(at.screen === "runs" && at.run === null && numbers().length > 0).toBe(false)
    if (at.screen === "runs" && at.run !== null) expect(text(".inspector")).toContain(`#${at.run}`)
  })
}

async function press(key: string, on: Element = document.activeElement ?? document.body): Promise<void> {
  await act(() => void on.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })))
  await settled()
}

const rows = () => [...place.querySelectorAll<HTMLElement>(".virtual [role=row]")]
const numbers = () => rows().map((row) => Number(row.id.replace("run-", "")) - count * 1000)
const text = (selector: string) => place.querySelector(selector)?.textContent ?? ""

test("beside the list the inspector is never empty: it shows the newest run", async () => {
  await shown()
  expect(numbers()).toEqual([3, 2, 1])
  expect(here.value).toBe(`/s/${site}/runs/${id(3)}`)
  expect(text(".inspector-facts")).toContain(`#${id(3)}`)
})

test("a run that arrives stands on top, and neither focus nor choice moves", async () => {
  await shown(`/s/${site}/runs/${id(2)}`)
  rows()[1]?.focus()
  await act(() => takeRun(aSummary({ id: id(4), site })))
  expect(numbers()).toEqual([4, 3, 2, 1])
  expect(document.activeElement?.id).toBe(`run-${id(2)}`)
  expect(place.querySelector("[aria-selected=true]")?.id).toBe(`run-${id(2)}`)
})

test("J, K and the arrows move through the rows, F to the next failure", async () => {
  await shown()
  await press("j", document.body)
  expect(here.value).toBe(`/s/${site}/runs/${id(2)}`)
  await press("k", document.body)
  expect(here.value).toBe(`/s/${site}/runs/${id(3)}`)
  rows()[0]?.focus()
  await press("ArrowDown")
  expect(document.activeElement?.id).toBe(`run-${id(2)}`)
  await press("f")
  expect(here.value).toBe(`/s/${site}/runs/${id(1)}`)
  expect(text(".why h3")).toBe("The script may not be executed")
})

test("brackets change the tab, and the address says which", async () => {
  await shown(`/s/${site}/runs/${id(1)}`)
  await press("]", document.body)
  expect(here.value).toBe(`/s/${site}/runs/${id(1)}?tab=request`)
  await press("[", document.body)
  expect(text("[role=tab][aria-selected=true]")).toBe("Error")
})

test("a paused list counts what it does not show", async () => {
  await shown()
  await press(" ", document.body)
  await act(() => [4, 5].forEach((n) => takeRun(aSummary({ id: id(n), site }))))
  expect(numbers()).toEqual([3, 2, 1])
  expect(text(".live")).toBe("Paused2 new")
  await press(" ", document.body)
  expect(numbers()).toEqual([5, 4, 3, 2, 1])
})

test("the card says what, why and what to do, in this order, with the command to copy", async () => {
  await shown(`/s/${site}/runs/${id(1)}`)
  const card = place.querySelector(".why")
  expect([...(card?.querySelectorAll("p") ?? [])].map((one) => one.textContent)).toEqual([
    expect.stringContaining("its mode is 644"),
    expect.stringContaining("a program needs the “x” (execute) permission"),
    "What to do Make it executable: chmod 755 cgi-bin/hello.py",
  ])
  expect(card?.querySelector(".fix-acts")?.textContent).toContain("Copy command")
  expect(card?.getAttribute("aria-labelledby")).toBe(card?.querySelector("h3")?.id)
})

test("a run that went well has no Error tab and shows what was printed", async () => {
  await shown(`/s/${site}/runs/${id(2)}?tab=error`)
  expect([...place.querySelectorAll("[role=tab]")].map((tab) => tab.getAttribute("data-name"))).toEqual(["request", "input", "environment", "output", "stderr"])
  expect(text("[role=tab][aria-selected=true]")).toContain("Output")
  expect(text("[role=tabpanel] .code")).toBe("<h1>Hi</h1>")
})

test("what a script printed never becomes part of the page", async () => {
  await shown(`/s/${site}/runs/${id(2)}?tab=output`)
  expect(place.querySelector(".inspector h1")).toBeNull()
})

test("a run that is not there says so", async () => {
  await shown(`/s/${site}/runs/${id(99)}`)
  expect(text(".inspector")).toContain(`Run #${id(99)} is not there.`)
})

test("an empty list tells how its first run comes", async () => {
  await shown(`/s/${site}/runs`, [])
  expect(text(".runs-nothing")).toContain("No runs yet. Open http://127.0.0.1:8081/\u00a0– each request to a script appears here.")
})

test("clearing asks first, and keeps the runs where it is not meant", async () => {
  const asked = await shown()
  const button = (name: string) => [...place.querySelectorAll("button")].find((one) => one.textContent === name)
  await act(() => button("Clear")?.click())
  await act(() => button("Keep")?.click())
  expect(asked.some(({ what }) => what.startsWith("DELETE"))).toBe(false)
  await act(() => button("Clear")?.click())
  await act(() => button("Delete runs")?.click())
  await vi.waitFor(() => expect(text(".runs-nothing")).toContain("No runs yet."))
  expect(asked.some(({ what }) => what.startsWith("DELETE"))).toBe(true)
})

test("a running script can be stopped after a second", async () => {
  await shown()
  await act(() => takeRun(aSummary({ id: id(4), site, is_running: true, status: null, verdict: null, end: null, total_ms: null, started: new Date(Date.now() - 2_000).toISOString() })))
  expect(rows()[0]?.querySelector("[role=gridcell]")?.getAttribute("aria-label")).toBe("running")
  expect(rows()[0]?.querySelector("button")?.textContent).toBe("Stop")
})

test("no two commands want one key", async () => {
  await shown()
  const keys = commands.value.flatMap((one) => one.keys ?? [])
  expect(new Set(keys).size).toBe(keys.length)
})
