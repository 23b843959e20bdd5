/** Requests for plain files: counted always, listed only while somebody looks (they are not stored). */
import { signal, type Signal } from "@preact/signals"
import { get } from "./rest"
import type { StaticRequest } from "./types"

export interface Statics {
  items: StaticRequest[]
  count: number
}

const KEPT = 500
const known = new Map<string, Signal<Statics>>()

/** Newest first. */
export function statics(slug: string): Signal<Statics> {
  const found = known.get(slug) ?? signal<Statics>({ items: [], count: 0 })
  known.set(slug, found)
  return found
}

export async function readStatics(slug: string): Promise<void> {
  statics(slug).value = await get<Statics>(`/api/sites/${encodeURIComponent(slug)}/static`)
}

/** From the stream. */
export function takeStatics(slug: string, items: StaticRequest[]): void {
  const now = statics(slug).peek()
  statics(slug).value = { items: [...items, ...now.items].slice(0, KEPT), count: now.count + items.length }
}
