/** Addresses: every state has one, by path, so that back, forward, deep links and a second window work. */
import { computed, signal } from "@preact/signals"
import type { RunId } from "./model/types"

export type Route =
  | { screen: "sites" }
  | { screen: "runs"; site: string; run: RunId | null; query: URLSearchParams }
  | { screen: "site-settings"; site: string }
  | { screen: "settings" }
  | { screen: "help"; page: string }
  | { screen: "not-found" }

const address = signal(location.pathname + location.search)

export const route = computed(() => parseRoute(address.value))

/** Path and query of what is on screen. */
export const here = computed(() => address.value)

export function parseRoute(path: string): Route {
  const url = new URL(path, "http://here")
  const parts = url.pathname.split("/").filter((part) => part !== "")
  const [first, second, third, fourth] = parts.map(decoded)
  if (first === undefined) return { screen: "sites" }
  if (first === "settings" && parts.length === 1) return { screen: "settings" }
  if (first === "help" && parts.length <= 2) return { screen: "help", page: second ?? "index" }
  if (first !== "s" || second === undefined || parts.length > 4) return { screen: "not-found" }
  if (third === "settings" && fourth === undefined) return { screen: "site-settings", site: second }
  if (third !== undefined && third !== "runs") return { screen: "not-found" }
  if (fourth !== undefined && !/^[1-9]\d{0,14}$/.test(fourth)) return { screen: "not-found" }
  return { screen: "runs", site: second, run: fourth === undefined ? null : Number(fourth), query: url.searchParams }
}

export const paths = {
  sites: () => "/",
  /** With a run: the run in the inspector. `query` keeps tab and filter: {tab: "error"}; null and "" are left out. */
  runs(site: string, run?: RunId | null, query: Record<string, string | null> = {}): string {
    const words = Object.entries(query).filter((one): one is [string, string] => Boolean(one[1]))
    const search = new URLSearchParams(words).toString()
    return `/s/${encodeURIComponent(site)}/runs${run == null ? "" : `/${run}`}${search && `?${search}`}`
  },
  siteSettings: (site: string) => `/s/${encodeURIComponent(site)}/settings`,
  settings: () => "/settings",
  help: (page = "index") => (page === "index" ? "/help" : `/help/${encodeURIComponent(page)}`),
}

/** `replace` where the step is none to go back to: moving through rows, changing a tab. */
export function navigate(path: string, { replace = false } = {}): void {
  if (path === address.value) return
  if (replace) history.replaceState(null, "", path)
  else history.pushState(null, "", path)
  address.value = path
}

/** Back, forward, and clicks on our own links.  Called once; answers with its undoing. */
export function followLinks(): () => void {
  const onPop = () => (address.value = location.pathname + location.search)
  window.addEventListener("popstate", onPop)
  document.addEventListener("click", onClick)
  return () => {
    window.removeEventListener("popstate", onPop)
    document.removeEventListener("click", onClick)
  }
}

function onClick(event: MouseEvent): void {
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey
  const link = event.target instanceof Element ? event.target.closest("a") : null
  if (event.defaultPrevented || !isPlain || !link || link.target !== "" || link.hasAttribute("download")) return
  if (link.origin !== location.origin || link.pathname.startsWith("/api/") || link.getAttribute("href")?.startsWith("#")) return
  event.preventDefault()
  navigate(link.pathname + link.search)
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
