/** Failures are told to a screen reader as they come, but not in a flood: one in five seconds, the newest. */
import { effect } from "@preact/signals"
import { useEffect } from "preact/hooks"
import { t } from "../../i18n"
import { latestFailure } from "../../model/run-lists"
import type { Summary } from "../../model/types"
import { announce } from "../../parts/announce"
import { tagWord } from "./tag"

const PAUSE_MS = 5_000

export function useFailuresSaid(slug: string): void {
  useEffect(() => {
    const say = atMostEvery(PAUSE_MS, (run: Summary) => announce(t("runs.say-failed", { id: `#${run.id}`, what: tagWord(run) ?? "" })))
    const before = latestFailure.peek()
    const stop = effect(() => {
      const run = latestFailure.value
      if (run !== null && run !== before && run.site === slug) say.offer(run)
    })
    return () => (stop(), say.stop())
  }, [slug])
}

/** At once where it was quiet; otherwise the last one that was offered, when the pause is over. */
export function atMostEvery<T>(pauseMs: number, act: (value: T) => void): { offer: (value: T) => void; stop: () => void } {
  let waiting: { value: T } | null = null
  let timer: ReturnType<typeof setTimeout> | null = null
  const next = () => {
    timer = waiting === null ? null : setTimeout(next, pauseMs)
    const last = waiting
    waiting = null
    if (last !== null) act(last.value)
  }
  return {
    offer(value) {
      waiting = { value }
      if (timer === null) next()
    },
    stop() {
      if (timer !== null) clearTimeout(timer)
    },
  }
}
