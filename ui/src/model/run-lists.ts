/** Run lists, newest first: fetched by pages from the server, kept live by the event stream. */
import { batch, signal, type Signal } from "@preact/signals"
import { ApiError, get, post, remove } from "./rest"
import { byId, dropSummaries, takeSummary } from "./runs"
import type { RunId, Summary, Verdict } from "./types"

const PAGE = 100

interface Page {
  runs: Summary[]
  total: number
  failed: number
  median_ms: number | null
}

export class RunList {
  /** Newest first, without repeats. */
  readonly ids: Signal<RunId[]> = signal([])
  /** Of the site, whatever the filter. */
  readonly total = signal(0)
  readonly failed = signal(0)
  readonly medianMs = signal<number | null>(null)
  readonly state = signal<"empty" | "loading" | "ready" | "failed">("empty")
  readonly error = signal<ApiError | null>(null)
  /** Nothing older is left on the server. */
  readonly isWhole = signal(false)
  /** Runs that came while the list was held (paused, or scrolled away from the top). */
  readonly waiting = signal(0)

  readonly slug: string
  readonly verdict: Verdict | null
  #known = new Set<RunId>()
  #held: RunId[] | null = null
  #loading: Promise<void> | null = null

  constructor(slug: string, verdict: Verdict | null) {
    this.slug = slug
    this.verdict = verdict
  }

  /** Read the newest page (again); rows that are known stay. */
  async refresh(): Promise<void> {
    await this.#fetch("")
  }

  /** Read what is older than the last row.  Safe to call at every scroll: one request at a time. */
  async loadMore(): Promise<void> {
    const last = this.ids.peek().at(-1)
    if (this.isWhole.peek() || last === undefined) return
    await this.#fetch(`&before=${last}`)
  }

  /** Hold: new runs are counted in `waiting`, not shown.  Letting go shows them. */
  hold(on: boolean): void {
    if (on) {
      this.#held ??= []
      return
    }
    const held = this.#held ?? []
    this.#held = null
    batch(() => {
      this.waiting.value = 0
      this.#add(held)
    })
  }

  /** From the event stream. `before` is what was known of this run. */
  take(run: Summary, before: Summary | undefined): void {
    if (before === undefined) this.total.value += 1
    if (run.verdict === "failed" && before?.verdict !== "failed") this.failed.value += 1
    if (this.verdict !== null && run.verdict !== this.verdict) return
    if (this.#known.has(run.id) || this.#held?.includes(run.id)) return
    if (this.#held === null) {
      this.#add([run.id])
      return
    }
    this.#held.push(run.id)
    this.waiting.value = this.#held.length
  }

  empty(): void {
    if (this.#held !== null) this.#held = []
    batch(() => {
      this.#drop()
      this.total.value = this.failed.value = this.waiting.value = 0
      this.medianMs.value = null
      this.isWhole.value = true
    })
  }

  #fetch(more: string): Promise<void> {
    this.#loading ??= this.#read(more).finally(() => (this.#loading = null))
    return this.#loading
  }

  async #read(more: string): Promise<void> {
    if (this.state.peek() !== "ready") this.state.value = "loading"
    const verdict = this.verdict === null ? "" : `&verdict=${this.verdict}`
    try {
      const page = await get<Page>(`/api/sites/${encodeURIComponent(this.slug)}/runs?limit=${PAGE}${verdict}${more}`)
      batch(() => this.#show(page, more === ""))
    } catch (error) {
      this.error.value = error instanceof ApiError ? error : new ApiError(0, "unreachable", String(error), "")
      if (this.state.peek() !== "ready") this.state.value = "failed"
    }
  }

  #show(page: Page, isNewest: boolean): void {
    for (const run of page.runs) takeSummary(run)
    const fetched = page.runs.map((run) => run.id)
    // A first page that does not reach the rows already here has a gap behind it (long sleep): start again from it.
    const newestKnown = this.ids.peek()[0] ?? 0
    const hasGap = isNewest && page.runs.length >= PAGE && (fetched.at(-1) ?? 0) > newestKnown
    if (hasGap) this.#drop()
    this.#add(fetched)
    this.total.value = page.total
    this.failed.value = page.failed
    this.medianMs.value = page.median_ms
    if (!isNewest || hasGap || newestKnown === 0) this.isWhole.value = page.runs.length < PAGE
    this.error.value = null
    this.state.value = "ready"
  }

  #drop(): void {
    this.#known.clear()
    this.ids.value = []
  }

  // Nearly always what comes is newer than everything, or older: then a list of a hundred thousand is only copied.
  #add(more: RunId[]): void {
    const fresh = more.filter((id) => !this.#known.has(id)).sort((a, b) => b - a)
    const [newest, oldest] = [fresh[0], fresh.at(-1)]
    if (newest === undefined || oldest === undefined) return
    for (const id of fresh) this.#known.add(id)
    const now = this.ids.peek()
    if (oldest > (now[0] ?? 0)) this.ids.value = [...fresh, ...now]
    else if (newest < (now.at(-1) ?? 0)) this.ids.value = [...now, ...fresh]
    else this.ids.value = [...now, ...fresh].sort((a, b) => b - a)
  }
}

const lists = new Map<string, RunList>()

/** The list of one site, all runs or those with one verdict; made and read at the first use. */
export function runList(slug: string, verdict: Verdict | null = null): RunList {
  const key = `${slug}|${verdict ?? ""}`
  let list = lists.get(key)
  if (!list) {
    list = new RunList(slug, verdict)
    lists.set(key, list)
    void list.refresh()
  }
  return list
}

/** The run that failed last while this page looks on. */
export const latestFailure = signal<Summary | null>(null)

/** A run's line came by push: to its own signal, and to the lists that are open. */
export function takeRun(fresh: Summary): void {
  const before = takeSummary(fresh)
  if (fresh.verdict === "failed" && before?.verdict !== "failed") latestFailure.value = fresh
  for (const list of lists.values()) if (list.slug === fresh.site) list.take(fresh, before)
}

/** After `reset`: what was missed is read again. */
export async function refreshLists(): Promise<void> {
  await Promise.all([...lists.values()].map((list) => list.refresh()))
}

/** Delete every run of a site, here and on the server. */
export async function clearRuns(slug: string): Promise<void> {
  await remove(`/api/sites/${encodeURIComponent(slug)}/runs`)
  forgetRuns(slug)
}

/** The runs of a site are gone. */
export function forgetRuns(slug: string): void {
  dropSummaries(slug)
  for (const list of lists.values()) if (list.slug === slug) list.empty()
}

/** End a running script.  The event stream tells when it has ended. */
export async function stopRun(id: RunId): Promise<void> {
  await post(`/api/runs/${id}/stop`)
}

/** The next failed run below `id` in the list that shows all runs; null when none is loaded. */
export function nextFailure(list: RunList, id: RunId | null): RunId | null {
  const ids = list.ids.peek()
  const from = id === null ? 0 : ids.indexOf(id) + 1
  return ids.slice(from).find((one) => byId(one).peek()?.verdict === "failed") ?? null
}
