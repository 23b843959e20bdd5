/** Does a run have secrets that are masked?  Then there is something to reveal. */
import type { RunWhole } from "../../model/types"

/** As the server writes it in place of a secret (app/runs/secrets.py); percent-encoded it cannot be. */
const MASK = "••••••"

export function hasSecrets(run: RunWhole): boolean {
  return JSON.stringify([run.request, run.meta_variables, run.fields, run.cookies, run.response?.headers]).includes(MASK) || isIn(run.stdin) || isIn(run.stdout)
}

function isIn(text: RunWhole["stdin"]): boolean {
  return typeof text === "string" && text.includes(MASK)
}
