/** Runs in full, for the inspector.  An ended run never changes, so it is kept; a running one is read again when it ends. */
import { signal, type Signal } from "@preact/signals"
import { ApiError, get } from "./rest"
import type { RunId, RunWhole, Summary } from "./types"

export interface Detail {
  run: RunWhole | null
  error: ApiError | null
  isLoading: boolean
}

/** Some bodies are a mebibyte: a few are enough. */
const KEPT = 40
const details = new Map<string, Signal<Detail>>()

/** `reveal`: with secrets in clear.  Kept apart, so that hiding them again is immediate. */
export function whole(id: RunId, reveal = false): Signal<Detail> {
  const key = `${id}|${reveal}`
  let found = details.get(key)
  if (!found) {
    found = signal<Detail>({ run: null, error: null, isLoading: true })
    details.set(key, found)
    for (const old of details.keys()) if (details.size > KEPT && old !== key) details.delete(old)
    void read(id, reveal, found)
  }
  return found
}

/** Try again after an error. */
export function readAgain(id: RunId, reveal = false): void {
  const found = details.get(`${id}|${reveal}`)
  if (found) void read(id, reveal, found)
}

/** The stream told of a run: what is on screen of it is out of date. */
export function runChanged(run: Summary): void {
  for (const reveal of [false, true]) {
    const found = details.get(`${run.id}|${reveal}`)
    if (found && (found.peek().run === null || found.peek().run?.is_running)) void read(run.id, reveal, found)
  }
}

/** After `reset`: a run that was still running may have ended unseen. */
export function readRunningAgain(): void {
  for (const [key, found] of details) {
    const run = found.peek().run
    if (run?.is_running) void read(run.id, key.endsWith("|true"), found)
  }
}

async function read(id: RunId, reveal: boolean, into: Signal<Detail>): Promise<void> {
  into.value = { ...into.peek(), isLoading: true, error: null }
  try {
    const run = await get<RunWhole>(`/api/runs/${id}${reveal ? "?reveal=1" : ""}`)
    into.value = { run, error: null, isLoading: false }
  } catch (error) {
    const told = error instanceof ApiError ? error : new ApiError(0, "unreachable", String(error), "")
    into.value = { ...into.peek(), error: told, isLoading: false }
  }
}
