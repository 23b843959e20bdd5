/** A run's cause in a word, for a line of the list. */
import { catalogues, t, type Key } from "../../i18n"
import type { Summary } from "../../model/types"

/** null for a run that went well, or is still going.  A cause that this version does not know: "Failed". */
export function tagWord(run: Summary): string | null {
  if (run.is_running || run.verdict === "good" || run.verdict === null) return null
  const key = `tag.${run.tag}`
  if (isKey(key)) return t(key)
  return run.verdict === "failed" ? t("tag.failed") : null
}

function isKey(key: string): key is Key {
  return Object.hasOwn(catalogues.en, key)
}
