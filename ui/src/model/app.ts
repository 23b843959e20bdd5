/** What the program is, and the life of this page: read the state, open the stream, hand events to the stores. */
import { batch, signal } from "@preact/signals"
import { openStream, type Stream } from "./events"
import { ApiError, get, post } from "./rest"
import { forgetRuns, refreshLists, takeRun } from "./run-lists"
import { readRunningAgain, runChanged } from "./run-whole"
import { token } from "./session"
import { takeSettings } from "./settings"
import { dropSite, takeSite, takeSites } from "./sites"
import type { ServerEvent } from "./sse"
import { takeStatics } from "./statics"
import type { AppState, Notice, Settings, Site, StaticRequest, Summary, WindowState } from "./types"

export const version = signal("")
export const dataFolder = signal("")
export const windowState = signal<WindowState>({ native: false, backend: null, setup: { possible: false, command: null, qt_mib: null } })
export const notices = signal<Notice[]>([])

/** "starting" until the first state has come; "ended" after somebody here has quit the program. */
export const phase = signal<"starting" | "ready" | "unreachable" | "ended">("starting")

let stream: Stream | null = null

/** Read the state and follow the events; again after a new token. */
export async function startModel(): Promise<void> {
  stream?.close()
  try {
    const last = await readState()
    stream = openStream(last, (events) => batch(() => events.forEach(apply)))
    phase.value = "ready"
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    // Without a token the page asks to be let in, and starts again after that.
    if (token.value !== null) phase.value = "unreachable"
  }
}

/** End the program, with its sites and windows. */
export async function quit(): Promise<void> {
  await post("/api/quit")
  stream?.close()
  phase.value = "ended"
}

/** How the window fares: it is told of as native only after its page, this one, has been shown. */
export async function readWindowState(): Promise<void> {
  windowState.value = (await get<AppState>("/api/state")).window
}

/** null: nobody looks at static requests any more. */
export function watchStatic(slug: string | null): void {
  stream?.watchStatic(slug)
}

export function dismissNotice(notice: Notice): void {
  notices.value = notices.value.filter((one) => one !== notice)
}

async function readState(): Promise<AppState["last_event"]> {
  const state = await get<AppState>("/api/state")
  batch(() => {
    version.value = state.version
    dataFolder.value = state.data_folder
    windowState.value = state.window
    notices.value = state.notices
    takeSettings(state)
    takeSites(state.sites)
  })
  return state.last_event
}

/** One event to its store.  An unknown kind comes from a newer server and is passed over. */
export function apply(event: ServerEvent): void {
  const content: unknown = event.data === "" ? {} : JSON.parse(event.data)
  switch (event.kind) {
    case "run":
      takeRun(content as Summary)
      runChanged(content as Summary)
      break
    case "site":
      takeSite(content as Site)
      break
    case "site-gone":
      forgetRuns((content as { slug: string }).slug)
      dropSite((content as { slug: string }).slug)
      break
    case "runs-gone":
      forgetRuns((content as { slug: string }).slug)
      break
    case "static":
      takeStatics((content as { site: string }).site, (content as { items: StaticRequest[] }).items)
      break
    case "settings":
      takeSettings(content as Partial<Settings>)
      break
    case "notice":
      takeNotice(content as Notice)
      break
    case "notice-gone":
      notices.value = notices.value.filter((one) => one.slug !== (content as { slug: string }).slug)
      break
    case "reset":
      void catchUp()
  }
}

/** One notice of a kind: progress replaces itself. */
function takeNotice(notice: Notice): void {
  notices.value = [...notices.value.filter((one) => one.slug !== notice.slug), notice]
}

async function catchUp(): Promise<void> {
  await Promise.all([readState(), refreshLists()]).catch(() => undefined)
  readRunningAgain()
}
