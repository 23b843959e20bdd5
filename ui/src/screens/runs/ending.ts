/** How a script ended, in a few words: exit 1, signal SIGSEGV, limit silence_s = 30. */
import { tp } from "../../i18n"
import type { Piece } from "../../i18n/fill"
import type { RunWhole } from "../../model/types"

const LIMIT_KEYS: Record<string, string> = { silence: "silence_s", time: "time_s", output: "output_mib", processes: "processes" }

/** What is a figure or a name stands as code. */
export function endingPieces(outcome: RunWhole["outcome"]): Piece[] {
  switch (outcome.end) {
    case null:
      return tp("ending.running")
    case "exited":
      return tp("ending.exited", { exit: outcome.exit ?? "?" })
    case "signalled":
      return tp("ending.signalled", { signal: outcome.signal_name ?? outcome.signal ?? "?" })
    case "timed_out":
      return tp("ending.limit", { key: LIMIT_KEYS[outcome.limit ?? ""] ?? outcome.limit ?? "?", value: outcome.limit_value ?? "?" })
    case "not_started":
      return tp("ending.not_started", { errno: outcome.errno_name ?? outcome.errno ?? "?" })
    case "interrupted":
      return interrupted(outcome.interrupted_by)
  }
}

function interrupted(by: string | null): Piece[] {
  if (by === "client") return tp("ending.client")
  return tp(by === "person" ? "ending.person" : "ending.stop")
}
