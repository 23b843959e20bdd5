/** The sites, by slug.  A site that is known already is updated in place, so that its card keeps focus. */
import { computed, signal, type Signal } from "@preact/signals"
import { post, remove } from "./rest"
import type { Site } from "./types"

const known = new Map<string, Signal<Site | undefined>>()

/** In the order in which they were added; the sample first. */
export const slugs = signal<string[]>([])

/** undefined until the server has told, and after the site was forgotten. */
export function site(slug: string): Signal<Site | undefined> {
  const found = known.get(slug) ?? signal<Site | undefined>(undefined)
  known.set(slug, found)
  return found
}

export const sites = computed(() => slugs.value.map((slug) => site(slug).value).filter((one) => one !== undefined))

export function takeSite(fresh: Site): void {
  site(fresh.slug).value = fresh
  if (!slugs.value.includes(fresh.slug)) slugs.value = inOrder([...slugs.value, fresh.slug])
}

export function takeSites(all: Site[]): void {
  for (const one of all) site(one.slug).value = one
  const slugsNow = all.map((one) => one.slug)
  for (const gone of slugs.value) if (!slugsNow.includes(gone)) site(gone).value = undefined
  slugs.value = inOrder(slugsNow)
}

export function dropSite(slug: string): void {
  slugs.value = slugs.value.filter((one) => one !== slug)
  site(slug).value = undefined
}

export async function addSite(folder: string): Promise<Site> {
  const fresh = await post<Site>("/api/sites", { folder })
  takeSite(fresh)
  return fresh
}

export type Turn = "start" | "stop" | "restart"

export async function turn(slug: string, how: Turn): Promise<void> {
  takeSite(await post<Site>(`${at(slug)}/${how}`))
}

/** Gatehouse no longer knows the folder, nor its runs; no file is touched. */
export async function forgetSite(slug: string): Promise<void> {
  await remove(at(slug))
  dropSite(slug)
}

const at = (slug: string) => `/api/sites/${encodeURIComponent(slug)}`

function inOrder(all: string[]): string[] {
  const key = (slug: string) => {
    const one = site(slug).peek()
    return [one?.is_sample ? 0 : 1, one?.added ?? ""] as const
  }
  return all.toSorted((a, b) => {
    const [sampleA, addedA] = key(a)
    const [sampleB, addedB] = key(b)
    return sampleA - sampleB || addedA.localeCompare(addedB)
  })
}
