import { render } from "preact"
import { act } from "preact/test-utils"
import { afterEach, expect, test, vi } from "vitest"
import type { Command } from "../../src/commands"
import { Menu } from "../../src/parts/Menu"

const place = document.createElement("div")
document.body.append(place)
afterEach(() => render(null, place))

const item = (id: string, rest: Partial<Command> = {}): Command => ({ id, title: () => id, group: "page", run: () => undefined, ...rest })

async function open(items: (Command | "line")[]): Promise<void> {
  await act(() => render(<Menu label="More" items={items} />, place))
  await act(() => place.querySelector("button")?.click())
}

async function press(key: string): Promise<void> {
  await act(() => void document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })))
}

test("arrows go round, Escape closes and gives the focus back", async () => {
  await open([item("a"), item("b")])
  expect(document.activeElement?.textContent).toBe("a")
  await press("ArrowUp")
  expect(document.activeElement?.textContent).toBe("b")
  await press("ArrowDown")
  expect(document.activeElement?.textContent).toBe("a")
  await press("Escape")
  expect(place.querySelector("[role=menu]")).toBeNull()
  expect(document.activeElement?.getAttribute("aria-label")).toBe("More")
})

test("what cannot be done now is left out, and its line with it", async () => {
  await open([item("a"), "line", item("b", { isEnabled: () => false })])
  expect(place.querySelectorAll("[role=menuitem]")).toHaveLength(1)
  expect(place.querySelector("hr")).toBeNull()
})

test("a chosen item runs and closes the menu", async () => {
  const run = vi.fn()
  await open([item("a", { run })])
  await act(() => place.querySelector<HTMLElement>("[role=menuitem]")?.click())
  expect(run).toHaveBeenCalledOnce()
  expect(place.querySelector("[role=menu]")).toBeNull()
})
