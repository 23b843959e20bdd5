/** Where the focus is and goes: rows of the list by their run's number, and the inspector. */
import type { ListHandle } from "../../parts/VirtualList"
import type { RunId } from "../../model/types"
import { choose, isNarrow, type View } from "./view"

/** The list that is on screen tells how to scroll it. */
export const shownList: { current: ListHandle | null } = { current: null }

export const rowId = (run: RunId) => `run-${run}`

export function isInList(): boolean {
  return document.activeElement?.closest(".run-grid") != null
}

/** Nothing has the focus: then arrows mean the list. */
export function isNowhere(): boolean {
  const active = document.activeElement
  return active === null || active === document.body || active.id === "main"
}

/** Down (or up) by rows. Beside the list, the inspector follows. */
export function moveBy(view: View, step: number): void {
  const ids = view.list.ids.peek()
  const from = ids.indexOf(view.cursor.peek() ?? view.run ?? -1)
  moveTo(view, from < 0 ? 0 : from + step)
  if (from + step >= ids.length - 1) void view.list.loadMore()
}

export function moveTo(view: View, index: number): void {
  const ids = view.list.ids.peek()
  const at = Math.max(0, Math.min(index, ids.length - 1))
  const run = ids[at]
  if (run === undefined) return
  shownList.current?.show(at)
  if (isNarrow.peek()) view.cursor.value = run
  else choose(view, run)
}

export function focusList(view: View): void {
  const run = view.cursor.peek() ?? view.list.ids.peek()[0]
  // The list may only now come back on the screen (narrow).
  requestAnimationFrame(() => run !== undefined && document.getElementById(rowId(run))?.focus({ preventScroll: true }))
}

/** As soon as the run is there: on a narrow screen it is only now read. */
export function focusInspector(tries = 60): void {
  requestAnimationFrame(() => {
    const tab = document.querySelector<HTMLElement>(".inspector [role=tab][aria-selected=true]")
    if (tab) tab.focus()
    else if (tries > 0) focusInspector(tries - 1)
  })
}

/** The field that finds something in what is shown; null where there is none. */
export function findField(): HTMLInputElement | null {
  return document.querySelector<HTMLInputElement>(".inspector .filter input")
}
