import { render } from "preact"
import { act } from "preact/test-utils"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { VirtualList, type ListHandle } from "../../src/parts/VirtualList"

const place = document.createElement("div")
document.body.append(place)
beforeEach(() => {
  vi.stubGlobal("ResizeObserver", class { observe() {} disconnect() {} })
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(280)
})
afterEach(() => {
  render(null, place)
  vi.unstubAllGlobals()
})

interface Given {
  count?: number
  pinned?: number | null
  onTop?: (isAtTop: boolean) => void
  onEnd?: () => void
}

const handle: { current: ListHandle | null } = { current: null }

function List({ count = 100_000, pinned = null, ...events }: Given) {
  const keys = Array.from({ length: count }, (_, n) => n)
  return <VirtualList keys={keys} rowHeight={28} pinned={pinned} handle={handle} row={(key, _, top) => <p key={key} style={{ top: `${top}px` }}>{key}</p>} {...events} />
}

const shown = () => [...place.querySelectorAll("p")].map((row) => Number(row.textContent))
const scroller = () => place.querySelector(".virtual") as HTMLElement

async function scrollTo(top: number): Promise<void> {
  await act(() => {
    scroller().scrollTop = top
    scroller().dispatchEvent(new Event("scroll"))
  })
}

test("of a hundred thousand rows only those in sight are in the page", async () => {
  await act(() => render(<List />, place))
  await scrollTo(28 * 50_000)
  expect(shown().length).toBeLessThan(60)
  expect(shown()).toContain(50_000)
  expect(place.querySelector<HTMLElement>(".virtual > div")?.style.height).toBe("2800000px")
})

test("the pinned row stays in the page at its own place", async () => {
  await act(() => render(<List pinned={3} />, place))
  await scrollTo(28 * 50_000)
  expect(shown()[0]).toBe(3)
  expect(place.querySelector("p")?.style.top).toBe("84px")
})

test("leaving the top and coming back is told, each once", async () => {
  const told: boolean[] = []
  await act(() => render(<List onTop={(at) => told.push(at)} />, place))
  for (const top of [100, 200, 0]) await scrollTo(top)
  expect(told).toEqual([false, true])
})

test("the end is told before it is reached", async () => {
  let ends = 0
  await act(() => render(<List count={200} onEnd={() => (ends += 1)} />, place))
  expect(ends).toBe(0)
  await scrollTo(28 * 185)
  expect(ends).toBeGreaterThan(0)
})

test("a row is shown with as little scrolling as it takes", async () => {
  await act(() => render(<List />, place))
  handle.current?.show(5)
  expect(scroller().scrollTop).toBe(0)
  handle.current?.show(20)
  expect(scroller().scrollTop).toBe(21 * 28 - 280)
})
