/** Which site a run belongs to: its address needs both. */
import { get } from "./rest"
import { byId } from "./runs"
import type { RunId, RunWhole } from "./types"

/** Throws ApiError where there is no such run (any more). */
export async function siteOfRun(id: RunId): Promise<string> {
  return byId(id).peek()?.site ?? (await get<RunWhole>(`/api/runs/${id}`)).site
}
