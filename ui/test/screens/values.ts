import type { Site, SiteSettings } from "../../src/model/types"

export function aSite(rest: Partial<Site> = {}): Site {
  return {
    id: 1,
    slug: "guest",
    name: "Guestbook",
    folder: "/home/ada/guest",
    url: "http://127.0.0.1:8081/",
    port: 8081,
    state: "serving",
    problem: null,
    is_sample: false,
    scripts: 2,
    languages: ["Python"],
    runs_today: 0,
    failed_today: 0,
    median_ms: null,
    activity: [],
    last_failure: null,
    added: "2026-11-01T00:00:00Z",
    ...rest,
  }
}

export function someSettings(rest: Partial<SiteSettings> = {}): SiteSettings {
  return {
    path: "/home/ada/guest/gatehouse.toml",
    writable: true,
    problem: null,
    notices: [],
    values: { name: "Guestbook", port: null, pages: ".", scripts: ["cgi-bin"], script_extensions: [], working_directory: "site", environment: { LANG: "C" }, "limits.time_s": 600 },
    origins: { name: "file", pages: "recognised", scripts: "recognised", "limits.time_s": "default" },
    ...rest,
  }
}
