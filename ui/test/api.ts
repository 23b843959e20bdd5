/** The API for tests of screens: answers by method and path, and keeps what was asked. */
import { vi } from "vitest"

type Answer = (body: unknown) => { status?: number; body?: unknown }

export interface Asked {
  what: string
  body: unknown
}

/** `{"PATCH /api/settings": () => ({ body: … })}`; what is not listed is 404. */
export function answering(answers: Record<string, Answer>): Asked[] {
  const asked: Asked[] = []
  vi.stubGlobal("fetch", async (path: string, { method = "GET", body }: RequestInit = {}) => {
    const what = `${method} ${path}`
    const content: unknown = typeof body === "string" ? JSON.parse(body) : undefined
    asked.push({ what, body: content })
    const { status = 200, body: answer = {} } = answers[what]?.(content) ?? { status: 404, body: { slug: "none", error: "Nothing there.", fix: "" } }
    return new Response(JSON.stringify(answer), { status, headers: { "Content-Type": "application/json" } })
  })
  return asked
}
