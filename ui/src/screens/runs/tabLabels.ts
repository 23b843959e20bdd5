/** The words of the inspector's tabs: name, and how much is inside. */
import { t } from "../../i18n"
import { number, size } from "../../i18n/format"
import type { RunWhole } from "../../model/types"
import type { TabName } from "./shownTabs"

export function labelOf(tab: TabName, run: RunWhole): string {
  return t(tab === "error" && run.verdict !== "failed" ? "tab.finding" : `tab.${tab}`)
}

/** A count of what is listed, the size of what was written, or "empty"; nothing while it is not known. */
export function countOf(tab: TabName, run: RunWhole): string | undefined {
  switch (tab) {
    case "error":
      return run.explanations.length > 1 ? number(run.explanations.length) : undefined
    case "request":
      return undefined
    case "input":
      return some(inputs(run)) ?? (run.stdin_size ? size(run.stdin_size) : undefined)
    case "environment":
      return some(Object.keys(run.meta_variables).length)
    case "output":
      return bytes(run.stdout_size)
    case "stderr":
      return bytes(run.stderr_size)
  }
}

function inputs(run: RunWhole): number {
  return Object.keys(run.fields).length + run.files.length + Object.keys(run.cookies).length
}

function some(count: number): string | undefined {
  return count > 0 ? number(count) : undefined
}

function bytes(written: number | null): string | undefined {
  return written === null ? undefined : written === 0 ? t("tab.empty") : size(written)
}
