import { render } from "preact"
import { act } from "preact/test-utils"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { Split } from "../../src/parts/Split"

const place = document.createElement("div")
document.body.append(place)
beforeEach(() => void vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(1200))
afterEach(() => {
  render(null, place)
  localStorage.clear()
})

const shown = () => act(() => render(<Split label="Width" name="test" start={404} least={300} first={<p />} second={<p />} />, place))
const divider = () => place.querySelector("[role=separator]") as HTMLElement
const press = (key: string) => act(() => void divider().dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true })))

test("arrows move the divider, between its ends", async () => {
  await shown()
  await press("ArrowRight")
  expect(divider().getAttribute("aria-valuenow")).toBe("420")
  await press("Home")
  await press("ArrowLeft")
  expect(divider().getAttribute("aria-valuenow")).toBe("300")
  await press("End")
  expect(divider().getAttribute("aria-valuenow")).toBe("780")
})

test("the width is remembered, and a double click puts it back", async () => {
  await shown()
  await press("ArrowRight")
  await act(() => render(null, place))
  await shown()
  expect(place.querySelector<HTMLElement>(".split")?.style.getPropertyValue("--first")).toBe("420px")
  await act(() => void divider().dispatchEvent(new MouseEvent("dblclick", { bubbles: true })))
  expect(divider().getAttribute("aria-valuenow")).toBe("404")
})
