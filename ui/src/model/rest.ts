/** The one place that calls the API.  Screens and parts never do; they read stores. */
import { endSession, token } from "./session"
import { language } from "./settings"

/** The API's one error shape: what is wrong, and the way out, worded in the language of this page. */
export class ApiError extends Error {
  readonly status: number
  readonly slug: string
  readonly fix: string

  constructor(status: number, slug: string, error: string, fix: string) {
    super(error)
    this.status = status
    this.slug = slug
    this.fix = fix
  }
}

type Method = "GET" | "POST" | "PATCH" | "DELETE"

/** Ask, and read the JSON answer.  Throws ApiError; slug "unreachable" when Gatehouse does not answer at all. */
export async function call<T = unknown>(method: Method, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const answer = await ask(method, path, body, signal)
  if (answer.status === 204) return undefined as T
  const content: unknown = await answer.json().catch(() => null)
  if (answer.ok) return content as T
  const said = (content ?? {}) as Partial<Record<"slug" | "error" | "fix", string>>
  // Not every 403: a folder that may not be read is one too.
  if (said.slug === "token-missing" || said.slug === "token-wrong") endSession()
  throw new ApiError(answer.status, said.slug ?? "unknown", said.error ?? `HTTP ${answer.status}`, said.fix ?? "")
}

export const get = <T>(path: string, signal?: AbortSignal) => call<T>("GET", path, undefined, signal)
export const post = <T = unknown>(path: string, body: unknown = {}) => call<T>("POST", path, body)
export const patch = <T = unknown>(path: string, body: unknown) => call<T>("PATCH", path, body)
export const remove = <T = unknown>(path: string) => call<T>("DELETE", path)

/** Headers that every request carries, the event stream too. */
export function headers(): Record<string, string> {
  return { "X-Gatehouse-Token": token.value ?? "", "Accept-Language": language.value }
}

/** An address that works without the header for one minute: for a download or the preview's frame. */
export async function keyed(path: string): Promise<string> {
  const { key } = await post<{ key: string }>("/api/keys", { path })
  return `${path}${path.includes("?") ? "&" : "?"}key=${encodeURIComponent(key)}`
}

async function ask(method: Method, path: string, body: unknown, signal?: AbortSignal): Promise<Response> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) }
  const type: Record<string, string> = body === undefined ? {} : { "Content-Type": "application/json" }
  try {
    return await fetch(path, { method, headers: { ...headers(), ...type }, ...sent, signal: signal ?? null, cache: "no-store" })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new ApiError(0, "unreachable", "", "")
  }
}
