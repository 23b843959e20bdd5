/** Who lets this browser in: a token, got once for the one-time code in the opened link (DESIGN.md 7). */
import { signal } from "@preact/signals"

const KEY = "gatehouse-token"
const WINDOW_KEY = "gatehouse-window"

/** null: this browser has not been let in, or no longer. */
export const token = signal<string | null>(null)

/** Is this page inside Gatehouse's own window?  The window keeps its storage apart from every browser's. */
export const isNativeWindow = signal(false)

/** Read what the link brought (`#code=…&window=1`) and what is kept; the fragment is taken off the address at once. */
export async function openSession(): Promise<void> {
  const fragment = new URLSearchParams(location.hash.slice(1))
  const code = fragment.get("code")
  if (code !== null) history.replaceState(history.state, "", location.pathname + location.search)
  if (fragment.has("window")) keep(WINDOW_KEY, "1")
  isNativeWindow.value = kept(WINDOW_KEY) !== null || "pywebview" in window
  token.value = kept(KEY)
  if (code !== null) await redeem(code)
}

/** Trade a code for the token.  False: the code was used, is too old, or was never one. */
export async function redeem(code: string): Promise<boolean> {
  const answer = await fetch("/api/session", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ code }),
  })
  if (!answer.ok) return false
  const { token: fresh } = (await answer.json()) as { token: string }
  takeToken(fresh)
  return true
}

export function takeToken(fresh: string): void {
  keep(KEY, fresh)
  token.value = fresh
}

/** A person pastes the whole printed link as often as the bare code. */
export function codeIn(pasted: string): string {
  return /[#&?]code=([^&\s]+)/.exec(pasted)?.[1] ?? pasted.trim()
}

export function endSession(): void {
  keep(KEY, null)
  token.value = null
}

// WebKitGTK with private mode has `localStorage === null`, and a browser may refuse with an exception: then the
// token lives as long as the page.
function kept(key: string): string | null {
  try {
    return window.localStorage?.getItem(key) ?? null
  } catch {
    return null
  }
}

function keep(key: string, value: string | null): void {
  try {
    if (value === null) window.localStorage?.removeItem(key)
    else window.localStorage?.setItem(key, value)
  } catch {
    // In memory only.
  }
}
