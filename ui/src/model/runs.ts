/**
 * The runs that this page knows: lines of lists (summaries).  `run-lists.ts` has the lists, `run-whole.ts` the details.
 *
 * A run may arrive by fetch and by push at once, so an id already known is updated, not added.
 */
import { signal, type Signal } from "@preact/signals"
import type { RunId, Summary } from "./types"

const known = new Map<RunId, Signal<Summary | undefined>>()

/** One line; redraws only what reads it.  undefined until the server has told. */
export function byId(id: RunId): Signal<Summary | undefined> {
  const found = known.get(id) ?? signal<Summary | undefined>(undefined)
  known.set(id, found)
  return found
}

/**
 * Take a line in.  Answers what it was before.  An older report never undoes a newer one: a list fetched
 * while the run ended says "running" after the stream has said how it ended.
 */
export function takeSummary(fresh: Summary): Summary | undefined {
  const line = byId(fresh.id)
  const before = line.peek()
  if (before && !before.is_running && fresh.is_running) return before
  line.value = fresh
  return before
}

/** The lines of a forgotten site, or of a cleared list, are let go. */
export function dropSummaries(slug: string): void {
  for (const [id, line] of known) {
    if (line.peek()?.site !== slug) continue
    line.value = undefined
    known.delete(id)
  }
}
