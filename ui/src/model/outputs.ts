/** What a run took in and printed, as files and as a page to look at: addresses that work for a minute (DESIGN.md 7). */
import { keyed } from "./rest"
import type { RunId } from "./types"

export type Stream = "stdin" | "stdout" | "stderr" | "body"

export function previewAddress(run: RunId): Promise<string> {
  return keyed(`/api/runs/${run}/preview`)
}

/** Secrets are masked as on the screen.  The key is for the path alone; what follows the ? is free. */
export async function downloadAddress(run: RunId, stream: Stream, reveal: boolean): Promise<string> {
  return (await keyed(`/api/runs/${run}/${stream}`)) + (reveal ? "&reveal=1" : "")
}

/** As the server decides it (app/api/outputs.py): pages, pictures and text. */
export function hasPreview(contentType: string | null): boolean {
  const kind = (contentType ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? ""
  return /^(text\/.*|application\/(xhtml\+xml|json|xml|javascript|.*\+(json|xml))|image\/(png|jpeg|gif|webp|avif|bmp|svg\+xml|x-icon|vnd\.microsoft\.icon))$/.test(kind)
}
