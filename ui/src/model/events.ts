/**
 * The one event stream of a page, read with fetch() because EventSource cannot send the token's header.
 *
 * Events are handed over in batches, one per animation frame: a burst of runs costs one redraw.  A broken
 * stream is opened again with `Last-Event-ID`; the server answers with what was missed, or with `reset`
 * when that is too long ago, and then the stores read everything again by REST.
 */
import { signal } from "@preact/signals"
import { headers } from "./rest"
import { endSession, isNativeWindow } from "./session"
import { eventParser, type ServerEvent } from "./sse"

export type StreamState = "closed" | "connecting" | "live" | "reconnecting"
export const streamState = signal<StreamState>("closed")

/** The server sends a heartbeat every 15 s; a stream silent for longer is dead, whatever TCP believes. */
const SILENCE_MS = 40_000
const RETRY_MS = [300, 1_000, 2_000, 5_000]

export interface Stream {
  /** Ask for the static requests of one site too (null: of none); opens the stream again. */
  watchStatic(slug: string | null): void
  close(): void
}

export function openStream(from: number | string | null, deliver: (batch: ServerEvent[]) => void): Stream {
  let lastId = from === null ? "" : String(from)
  let statics: string | null = null
  let closed = false
  let current = new AbortController()
  const queue = batcher(deliver)

  void keepOpen()
  return {
    watchStatic(slug) {
      if (slug === statics) return
      statics = slug
      current.abort()
    },
    close() {
      closed = true
      streamState.value = "closed"
      current.abort()
    },
  }

  async function keepOpen(): Promise<void> {
    streamState.value = "connecting"
    let failures = 0
    while (!closed) {
      current = new AbortController()
      const outcome = await readOnce(current)
      if (closed || outcome === "refused") return
      if (outcome === "never-opened") failures += 1
      else failures = 0
      if (current.signal.aborted && current.signal.reason !== "silent") continue
      streamState.value = "reconnecting"
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]))
    }
  }

  async function readOnce(controller: AbortController): Promise<"ended" | "never-opened" | "refused"> {
    const resume: Record<string, string> = lastId === "" ? {} : { "Last-Event-ID": lastId }
    const query = new URLSearchParams()
    if (statics !== null) query.set("static", statics)
    // Gatehouse looks after its window: when nobody there follows the events any more, it loads the page again.
    if (isNativeWindow.value) query.set("window", "1")
    let outcome: "ended" | "never-opened" = "never-opened"
    let silence = setTimeout(() => controller.abort("silent"), SILENCE_MS)
    try {
      const answer = await fetch(`/api/events?${query}`, {
        headers: { ...headers(), Accept: "text/event-stream", ...resume },
        signal: controller.signal,
        cache: "no-store",
      })
      if (answer.status === 401 || answer.status === 403) {
        endSession()
        streamState.value = "closed"
        return "refused"
      }
      if (!answer.ok || answer.body === null) return "never-opened"
      streamState.value = "live"
      outcome = "ended"
      const parse = eventParser()
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader()
      for (;;) {
        const { done, value } = await reader.read()
        if (done) return "ended"
        clearTimeout(silence)
        silence = setTimeout(() => controller.abort("silent"), SILENCE_MS)
        for (const event of parse(value)) {
          if (event.id !== "") lastId = event.id
          queue(event)
        }
      }
    } catch {
      return outcome
    } finally {
      clearTimeout(silence)
    }
  }
}

/** Collect until the next frame.  A hidden page has no frames, so a timer stands in. */
function batcher(deliver: (batch: ServerEvent[]) => void): (event: ServerEvent) => void {
  let waiting: ServerEvent[] = []
  const flush = () => {
    const batch = waiting
    waiting = []
    deliver(batch)
  }
  return (event) => {
    waiting.push(event)
    if (waiting.length > 1) return
    if (document.hidden) setTimeout(flush, 250)
    else requestAnimationFrame(flush)
  }
}
