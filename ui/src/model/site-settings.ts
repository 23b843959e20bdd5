/** The settings of sites (gatehouse.toml): what is set, and where each value comes from. */
import { signal, type Signal } from "@preact/signals"
import { ApiError, get, patch } from "./rest"
import type { SiteSettings, Value } from "./types"

export interface Loaded {
  settings: SiteSettings | null
  error: ApiError | null
}

const known = new Map<string, Signal<Loaded>>()

export function siteSettings(slug: string): Signal<Loaded> {
  const found = known.get(slug) ?? signal<Loaded>({ settings: null, error: null })
  known.set(slug, found)
  return found
}

/** Read (again): the file may have been edited by hand since. */
export async function readSiteSettings(slug: string): Promise<void> {
  const into = siteSettings(slug)
  try {
    into.value = { settings: await get<SiteSettings>(at(slug)), error: null }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    into.value = { ...into.peek(), error }
  }
}

/** By dotted name; null goes back to what is recognised, or to the default.  Throws ApiError setting-…, and then nothing is changed. */
export async function changeSiteSettings(slug: string, changes: Record<string, Value>): Promise<void> {
  siteSettings(slug).value = { settings: await patch<SiteSettings>(at(slug), changes), error: null }
}

const at = (slug: string) => `/api/sites/${encodeURIComponent(slug)}/settings`
