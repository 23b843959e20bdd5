/** What the runs screen shows: from its address (site, run, list, tab), and what only lasts as long as the screen. */
import { signal, useSignal, type Signal } from "@preact/signals"
import { useEffect } from "preact/hooks"
import { runList, type RunList } from "../../model/run-lists"
import type { RunId } from "../../model/types"
import { here, navigate, paths } from "../../router"

export type Show = "all" | "failed" | "files"

export interface View {
  slug: string
  /** In the inspector. */
  run: RunId | null
  show: Show
  /** As the address says; null: what suits the run. */
  tab: string | null
  /** That is shown; for "files" the one of all runs stands by. */
  list: RunList
  /** The row that has the focus, or would get it. */
  cursor: Signal<RunId | null>
  isPaused: Signal<boolean>
  isAtTop: Signal<boolean>
  /** Secrets in clear; never in an address. */
  isRevealed: Signal<boolean>
}

/** Below this width the inspector is a page of its own (320 px, zoom). */
const query = matchMedia("(max-width: 899px)")
export const isNarrow = signal(query.matches)
query.addEventListener("change", () => (isNarrow.value = query.matches))

export function useView(slug: string, run: RunId | null, search: URLSearchParams): View {
  const show = shown(search.get("show"))
  const view: View = {
    slug,
    run,
    show,
    tab: search.get("tab"),
    list: runList(slug, show === "failed" ? "failed" : null),
    cursor: useSignal<RunId | null>(run),
    isPaused: useSignal(false),
    isAtTop: useSignal(true),
    isRevealed: useSignal(false),
  }
  useHold(view)
  useEffect(() => {
    if (run !== null) view.cursor.value = run
  }, [run])
  useFirstChoice(view)
  return view
}

/** Where the screen would be with these changes.  Every state has an address. */
export function addressOf(view: View, changes: { run?: RunId | null; show?: Show; tab?: string | null } = {}): string {
  const { run, show, tab } = { ...view, ...changes }
  return paths.runs(view.slug, run, { show: show === "all" ? null : show, tab: run === null ? null : tab })
}

/** Moving through rows is no step to go back to; on a narrow screen opening a run is. */
export function choose(view: View, run: RunId): void {
  view.cursor.value = run
  navigate(addressOf(view, { run }), { replace: !isNarrow.peek() })
}

function shown(word: string | null): Show {
  return word === "failed" || word === "files" ? word : "all"
}

/** A list that is paused, or scrolled away from its top, stands still and counts. */
function useHold({ list, isPaused, isAtTop }: View): void {
  const isHeld = isPaused.value || !isAtTop.value
  useEffect(() => list.hold(isHeld), [list, isHeld])
  useEffect(() => () => list.hold(false), [list])
}

/** Beside the list the inspector is never empty: without a run in the address, the newest is chosen. */
function useFirstChoice(view: View): void {
  const newest = view.list.ids.value[0]
  const isWanted = view.run === null && view.show !== "files" && !isNarrow.value
  const address = here.peek()
  useEffect(() => {
    // A key may have chosen another since this was drawn.
    if (here.peek() !== address) return
    if (isWanted && newest !== undefined) navigate(addressOf(view, { run: newest }), { replace: true })
  }, [isWanted, newest])
}
