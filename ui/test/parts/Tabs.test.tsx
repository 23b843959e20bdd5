import { render } from "preact"
import { act } from "preact/test-utils"
import { afterEach, expect, test } from "vitest"
import { Tabs } from "../../src/parts/Tabs"

const place = document.createElement("div")
document.body.append(place)
afterEach(() => render(null, place))

const tabs = [{ name: "a", label: "A" }, { name: "b", label: "B", count: "3" }, { name: "c", label: "C" }] as const

async function shown(chosen: "a" | "b" | "c"): Promise<string[]> {
  const chose: string[] = []
  await act(() => render(<Tabs label="Parts" tabs={[...tabs]} chosen={chosen} onChoose={(name) => chose.push(name)}>inside</Tabs>, place))
  return chose
}

const press = (key: string) => place.querySelector("[role=tablist]")?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }))

test("arrows go round, Home and End to the ends", async () => {
  const chose = await shown("c")
  for (const key of ["ArrowRight", "ArrowLeft", "Home", "End"]) press(key)
  expect(chose).toEqual(["a", "b", "a", "c"])
})

test("one tab is in the order of Tab, and the panel is named by it", async () => {
  await shown("b")
  expect([...place.querySelectorAll("[role=tab]")].map((tab) => (tab as HTMLElement).tabIndex)).toEqual([-1, 0, -1])
  const panel = place.querySelector("[role=tabpanel]")
  expect(document.getElementById(panel?.getAttribute("aria-labelledby") ?? "")?.textContent).toBe("B3")
})
