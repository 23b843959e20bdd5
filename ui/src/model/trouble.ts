/** What a click asked for and could not be done: said in a banner, where it stays until it is read. */
import { signal } from "@preact/signals"
import { ApiError } from "./rest"

export const trouble = signal<ApiError | null>(null)

/** Do it; false, and the banner, where the server refuses.  A mistake of ours is thrown on. */
export async function attempt(act: Promise<unknown>): Promise<boolean> {
  try {
    await act
    trouble.value = null
    return true
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    trouble.value = error
    return false
  }
}
