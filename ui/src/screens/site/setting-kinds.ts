/** What each key of gatehouse.toml is, for its control.  The rules themselves stand in app/sites/keys.py. */
import type { Value } from "../../model/types"

export type SettingName =
  | "name" | "port" | "pages" | "scripts" | "script_extensions" | "follow_links"
  | "working_directory" | "missing_interpreter" | "pass_authorization" | "interpreters" | "environment"
  | "limits.silence_s" | "limits.time_s" | "limits.scripts" | "limits.queue" | "limits.open_files"
  | "limits.output_mib" | "limits.memory_mib" | "limits.processes"
  | "keep.runs" | "keep.bytes_gib"

export type Unit = "s" | "MiB" | "GiB"

export type Kind =
  | { kind: "text" }
  | { kind: "number"; unit?: Unit; /** What an empty field means. */ empty?: "any-port" | "no-limit" }
  /** Written in one field, with commas between. */
  | { kind: "list" }
  | { kind: "choice"; of: readonly string[] }
  | { kind: "yes-no" }
  | { kind: "table"; /** Examples of name and value. */ example: readonly [string, string] }

export const GROUPS = {
  site: ["name", "port"],
  folders: ["pages", "scripts", "script_extensions", "follow_links"],
  running: ["working_directory", "missing_interpreter", "interpreters", "environment", "pass_authorization"],
  limits: ["limits.silence_s", "limits.time_s", "limits.scripts", "limits.queue", "limits.open_files", "limits.output_mib", "limits.memory_mib", "limits.processes"],
  keep: ["keep.runs", "keep.bytes_gib"],
} as const satisfies Record<string, readonly SettingName[]>

export const KINDS: Record<SettingName, Kind> = {
  name: { kind: "text" },
  port: { kind: "number", empty: "any-port" },
  pages: { kind: "text" },
  scripts: { kind: "list" },
  script_extensions: { kind: "list" },
  follow_links: { kind: "yes-no" },
  working_directory: { kind: "choice", of: ["script", "site"] },
  missing_interpreter: { kind: "choice", of: ["same-name", "fail"] },
  pass_authorization: { kind: "yes-no" },
  interpreters: { kind: "table", example: [".py", "python3.13"] },
  environment: { kind: "table", example: ["LANG", "C.UTF-8"] },
  "limits.silence_s": { kind: "number", unit: "s" },
  "limits.time_s": { kind: "number", unit: "s" },
  "limits.scripts": { kind: "number" },
  "limits.queue": { kind: "number" },
  "limits.open_files": { kind: "number" },
  "limits.output_mib": { kind: "number", unit: "MiB", empty: "no-limit" },
  "limits.memory_mib": { kind: "number", unit: "MiB", empty: "no-limit" },
  "limits.processes": { kind: "number", empty: "no-limit" },
  "keep.runs": { kind: "number" },
  "keep.bytes_gib": { kind: "number", unit: "GiB" },
}

/** As it stands in a text field. */
export function asText(value: Value | undefined): string {
  if (value === null || value === undefined) return ""
  return Array.isArray(value) ? value.join(", ") : String(value)
}

/** What was typed, as the API wants it.  null: back to what holds without it.  A number that is none is sent as typed, and refused in words. */
export function fromText(kind: Kind, text: string): Value {
  const typed = text.trim()
  if (kind.kind === "list") return typed === "" ? [] : typed.split(",").map((one) => one.trim()).filter(Boolean)
  if (typed === "") return null
  if (kind.kind !== "number") return typed
  const number = Number(typed.replace(",", "."))
  return Number.isFinite(number) ? number : typed
}
