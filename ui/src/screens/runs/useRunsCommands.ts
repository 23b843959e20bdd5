/** The keys and palette entries of the runs screen. */
import { useRef } from "preact/hooks"
import type { Command } from "../../commands"
import { t, type Key } from "../../i18n"
import { nextFailure, runList, stopRun } from "../../model/run-lists"
import { byId } from "../../model/runs"
import { attempt } from "../../model/trouble"
import { useCommands } from "../../parts/useCommands"
import { navigate } from "../../router"
import { askToClear } from "./clearing"
import { findField, focusInspector, focusList, isInList, isNowhere, moveBy } from "./moving"
import { tabAfter } from "./shownTabs"
import { addressOf, choose, isNarrow, type Show, type View } from "./view"

export function useRunsCommands(view: View): void {
  const now = useRef(view)
  now.current = view
  useCommands(() => [...moving(now), ...showing(now), ...acting(now)], [])
}

type Now = { current: View }

function moving(now: Now): Command[] {
  const byArrow = (step: number) => ({ run: () => moveBy(now.current, step), isEnabled: () => isInList() || isNowhere(), isHiddenInPalette: true })
  return [
    one("next", { keys: ["J"], run: () => moveBy(now.current, 1), isHiddenInPalette: true }),
    one("previous", { keys: ["K"], run: () => moveBy(now.current, -1), isHiddenInPalette: true }),
    { ...one("next", { keys: ["ArrowDown"], ...byArrow(1) }), id: "runs.next-row" },
    { ...one("previous", { keys: ["ArrowUp"], ...byArrow(-1) }), id: "runs.previous-row" },
    one("into", { keys: ["Enter"], run: () => into(now.current), isEnabled: isInList, isHiddenInPalette: true }),
    one("back", { keys: ["Escape"], run: () => back(now.current), isHiddenInPalette: true }),
    one("failure", { keys: ["F"], icon: "circleX", run: () => toNextFailure(now.current) }),
    // Elsewhere the browser's own search finds what is on the page.
    one("find", { keys: ["Ctrl+F"], icon: "search", run: () => findField()?.focus(), isEnabled: () => findField() !== null }),
    one("next-tab", { keys: ["]"], run: () => tabBy(now.current, 1), isEnabled: () => now.current.run !== null, isHiddenInPalette: true }),
    one("previous-tab", { keys: ["["], run: () => tabBy(now.current, -1), isEnabled: () => now.current.run !== null, isHiddenInPalette: true }),
  ]
}

function showing(now: Now): Command[] {
  const show = (what: Show) => () => navigate(addressOf(now.current, { show: what }), { replace: true })
  const isOther = (what: Show) => () => now.current.show !== what
  return [
    one("all", { icon: "list", run: show("all"), isEnabled: isOther("all") }),
    one("failed", { icon: "filter", run: show("failed"), isEnabled: isOther("failed") }),
    one("files", { icon: "fileText", run: show("files"), isEnabled: isOther("files") }),
    one("pause", { keys: ["Space"], icon: "pause", run: () => (now.current.isPaused.value = !now.current.isPaused.value) }),
  ]
}

function acting(now: Now): Command[] {
  const isRunning = () => now.current.run !== null && byId(now.current.run).peek()?.is_running === true
  return [
    one("stop", { icon: "stop", run: () => void attempt(stopRun(now.current.run ?? 0)), isEnabled: isRunning }),
    one("reveal", { icon: "eye", run: () => (now.current.isRevealed.value = !now.current.isRevealed.value), isEnabled: () => now.current.run !== null }),
    one("clear", { icon: "trash", run: () => askToClear(now.current.slug), isEnabled: () => now.current.list.total.value > 0 }),
  ]
}

type Name = Key extends infer K ? (K extends `runs.command.${infer Rest}` ? Rest : never) : never

function one(name: Name, rest: Pick<Command, "run"> & Partial<Command>): Command {
  return { id: `runs.${name}`, title: () => t(`runs.command.${name}`), group: "runs", ...rest }
}

function into(view: View): void {
  const run = view.cursor.peek() ?? view.run
  if (run === null) return
  if (isNarrow.peek()) choose(view, run)
  focusInspector()
}

function back(view: View): void {
  if (isNarrow.peek() && view.run !== null) navigate(addressOf(view, { run: null }))
  focusList(view)
}

function toNextFailure(view: View): void {
  const from = view.run ?? view.cursor.peek()
  const older = nextFailure(view.list, from) ?? runList(view.slug, "failed").ids.peek().find((id) => from === null || id < from)
  // Below the oldest it begins again with the newest.
  const next = older ?? nextFailure(view.list, null)
  // Who looks for failures wants to know why, whatever tab was open.
  if (next !== undefined && next !== null) choose({ ...view, tab: null }, next)
}

function tabBy(view: View, step: number): void {
  const tab = tabAfter(view, step)
  if (tab !== null) navigate(addressOf(view, { tab }), { replace: true })
}
