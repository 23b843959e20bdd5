/** Runs for tests: good ones, unless a test says otherwise. */
import type { Explanation, RunWhole, Summary } from "../../../src/model/types"

export function aSummary(changes: Partial<Summary> = {}): Summary {
  return {
    id: 1,
    site: "guest",
    started: "2026-11-22T14:32:07.000Z",
    method: "GET",
    target: "/cgi-bin/hello.py?page=2",
    script: "cgi-bin/hello.py",
    status: 200,
    verdict: "good",
    end: "exited",
    exit: 0,
    signal: null,
    tag: null,
    total_ms: 31,
    is_running: false,
    ...changes,
  }
}

export function aRun(changes: Partial<RunWhole> = {}): RunWhole {
  return {
    id: 1,
    site: "guest",
    site_name: "Guestbook",
    started: "2026-11-22T14:32:07.000Z",
    is_running: false,
    request: { method: "GET", target: "/cgi-bin/hello.py?page=2", version: "HTTP/1.1", headers: [["Host", "127.0.0.1:8081"]] },
    script: "cgi-bin/hello.py",
    program: "/sites/guest/cgi-bin/hello.py",
    argv: ["/sites/guest/cgi-bin/hello.py"],
    cwd: "/sites/guest",
    file: { mode: "755", size: 812, shebang: "#!/usr/bin/env python3" },
    meta_variables: { QUERY_STRING: "page=2", REQUEST_METHOD: "GET", HTTP_HOST: "127.0.0.1:8081", PATH: "/usr/bin:/bin" },
    fields: { page: ["2"] },
    files: [],
    cookies: {},
    stdin: "",
    stdin_size: 0,
    response: {
      status: 200,
      headers: [["Content-Type", "text/html"]],
      body: "<h1>Hi</h1>",
      body_size: 11,
      kind: "document",
      header_error: null,
      is_replaced: false,
      content_type: "text/html",
    },
    stdout: "Content-Type: text/html\n\n<h1>Hi</h1>",
    stdout_size: 36,
    stderr: "",
    stderr_size: 0,
    outcome: { end: "exited", exit: 0, signal: null, signal_name: null, errno: null, errno_name: null, limit: null, limit_value: null, interrupted_by: null },
    timings_ms: { queue: 0, spawn: 2, first_byte: 20, total: 31 },
    usage: { user_ms: 20, system_ms: 4, peak_kib: 11264, peak_is_bound: true },
    verdict: "good",
    explanations: [],
    notes: [],
    redirected_from: null,
    ...changes,
  }
}

export function anExplanation(changes: Partial<Explanation> = {}): Explanation {
  return {
    slug: "no-exec-bit",
    title: "The script may not be executed",
    what: "…",
    why: "…",
    fix: { text: "Make it executable", steps: [{ do: "chmod", path: "cgi-bin/hello.py", mode: "755" }], automatic: "yes" },
    evidence: [{ name: "mode", value: "644", label: "mode" }],
    certainty: "certain",
    params: { script: "cgi-bin/hello.py", mode: "644", better: "755", path: "cgi-bin/hello.py" },
    ...changes,
  }
}
