/** What the REST API speaks (app/api/views.py). Times are ISO 8601 in UTC, durations say their unit. */

export type RunId = number
export type Verdict = "good" | "suspicious" | "failed"
export type End = "exited" | "signalled" | "timed_out" | "not_started" | "interrupted"

/** Filled into a template of app/words or app/diagnose/words. */
export type Params = Record<string, unknown>

export interface Problem {
  slug: string
  params: Params
  error: string
  fix: string
}

export interface LastFailure {
  id: RunId
  started: string
  script: string
  status: number | null
  title_slug: string | null
  title_params: Params
}

export interface Site {
  id: number
  slug: string
  name: string
  folder: string
  /** Ends with "/"; null while there is no port. */
  url: string | null
  port: number | null
  state: "serving" | "stopped" | "starting" | "problem"
  problem: Problem | null
  is_sample: boolean
  scripts: number
  languages: string[]
  runs_today: number
  failed_today: number
  median_ms: number | null
  /** Sixty slices from local midnight to now: [runs, failed]. */
  activity: [number, number][]
  last_failure: LastFailure | null
  added: string
}

/** A line of the run list. */
export interface Summary {
  id: RunId
  /** The site's slug. */
  site: string
  started: string
  method: string
  /** Secrets are masked. */
  target: string
  script: string
  status: number | null
  verdict: Verdict | null
  end: End | null
  exit: number | null
  signal: number | null
  /** Slug of the first explanation. */
  tag: string | null
  total_ms: number | null
  is_running: boolean
}

/** Text where the bytes are valid UTF-8. */
export type Text = string | { $base64: string }
export type Pairs = [name: string, value: Text][]

/** One change that a program can make (app/diagnose/steps.py); more kinds may come. */
export interface Step {
  do: string
  [detail: string]: string | number
}

export interface Explanation {
  slug: string
  title: string
  what: string
  why: string
  fix: { text: string; steps: Step[]; automatic: "yes" | "ask" | "no" }
  evidence: { name: string; value: string; label: string }[]
  certainty: "certain" | "likely" | "hint"
  params: Params
}

export interface RunWhole {
  id: RunId
  site: string
  site_name: string
  started: string
  is_running: boolean
  request: { method: string; target: Text; version: string | null; headers: Pairs }
  script: string
  program: Text | null
  argv: Text[]
  cwd: Text | null
  file: { mode: string | number | null; size: number | null; shebang: Text | null } | null
  meta_variables: Record<string, Text>
  fields: Record<string, Text[]>
  files: { name: string; filename: string; type: string | null; size: number }[]
  cookies: Record<string, Text>
  stdin: Text | null
  stdin_size: number | null
  response: {
    status: number | null
    headers: Pairs
    body: Text | null
    body_size: number | null
    kind: string | null
    header_error: { error: string; line_no: number; line: Text } | null
    is_replaced: boolean
    content_type: string | null
  } | null
  stdout: Text | null
  stdout_size: number | null
  stderr: Text | null
  stderr_size: number | null
  outcome: {
    end: End | null
    exit: number | null
    signal: number | null
    signal_name: string | null
    errno: number | null
    errno_name: string | null
    limit: string | null
    limit_value: number | null
    interrupted_by: string | null
  }
  timings_ms: { queue: number | null; spawn: number | null; first_byte: number | null; total: number | null }
  /** null where nothing was started, and while it runs. */
  usage: { user_ms: number | null; system_ms: number | null; peak_kib: number | null; peak_is_bound: boolean } | null
  verdict: Verdict | null
  explanations: Explanation[]
  notes: { slug: string; params: Params }[]
  /** The run whose local redirect led here. */
  redirected_from: RunId | null
}

/** A request for a plain file; never stored, only shown while somebody looks. */
export interface StaticRequest {
  started: string
  method: string
  target: string
  status: number
  size?: number | null
  total_ms?: number | null
}

export interface Notice {
  slug: string
  params: Params
}

export interface WindowState {
  native: boolean
  backend: string | null
  setup: { possible: boolean; command: string | null; qt_mib: number | null }
}

export type Language = "en" | "zh-CN"
export type Theme = "system" | "light" | "dark"

export interface Settings {
  language: Language
  theme: Theme
  tour_hidden: boolean
  single_keys: boolean
}

export interface AppState extends Partial<Settings> {
  version: string
  sites: Site[]
  window: WindowState
  data_folder: string
  notices: Notice[]
  last_event: number | string | null
}

export type Origin = "default" | "recognised" | "file" | "database"
export type Value = string | number | boolean | null | string[] | Record<string, string>

export interface SiteSettings {
  /** Where gatehouse.toml is, or will be when the first setting is changed. */
  path: string
  writable: boolean
  problem: Problem | null
  /** Keys in the file that have no effect: a slip of the pen, or a newer Gatehouse's. */
  notices: Problem[]
  values: Record<string, Value>
  origins: Record<string, Origin>
}
