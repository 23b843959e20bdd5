/** Which tabs a run has, and which one is shown. */
import { whole } from "../../model/run-whole"
import type { RunWhole } from "../../model/types"
import type { View } from "./view"

export type TabName = "error" | "request" | "input" | "environment" | "output" | "stderr"

const ALWAYS: TabName[] = ["request", "input", "environment", "output", "stderr"]

/** A run that went well has nothing to explain. */
export function tabsOf(run: RunWhole): TabName[] {
  return run.explanations.length > 0 || run.verdict === "failed" ? ["error", ...ALWAYS] : ALWAYS
}

/** What the address asks for, where the run has it; else the explanation, or what was printed. */
export function shownTab(run: RunWhole, asked: string | null): TabName {
  const tabs = tabsOf(run)
  return tabs.find((tab) => tab === asked) ?? (tabs[0] === "error" ? "error" : run.is_running ? "request" : "output")
}

/** To the right (or left) of the shown one, and round. */
export function tabAfter(view: View, step: number): TabName | null {
  const run = view.run === null ? null : whole(view.run, view.isRevealed.peek()).peek().run
  if (!run) return null
  const tabs = tabsOf(run)
  return tabs.at((tabs.indexOf(shownTab(run, view.tab)) + step) % tabs.length) ?? null
}
