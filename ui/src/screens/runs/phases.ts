/** Where a run's time went, as stretches of one bar. */
import type { RunWhole } from "../../model/types"

export interface Phase {
  /** "silent": the script ran and printed nothing. */
  name: "queue" | "spawn" | "first_byte" | "body" | "silent"
  ms: number
}

/** In their order; one that took no time, or did not happen, is left out. */
export function phases({ queue, spawn, first_byte, total }: RunWhole["timings_ms"]): Phase[] {
  // `total` begins with the start of the process; waiting in the queue comes before it.
  const running = total === null ? null : Math.max(0, total - (spawn ?? 0))
  const all: [Phase["name"], number | null][] =
    first_byte === null
      ? [["queue", queue], ["spawn", spawn], ["silent", running]]
      : [["queue", queue], ["spawn", spawn], ["first_byte", first_byte], ["body", running === null ? null : Math.max(0, running - first_byte)]]
  return all.filter((one): one is [Phase["name"], number] => one[1] !== null && one[1] >= 0.05).map(([name, ms]) => ({ name, ms }))
}
