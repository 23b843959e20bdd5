/** Reading text/event-stream as the HTML standard has it (9.2.6), from chunks that end anywhere. */

export interface ServerEvent {
  /** Of the last event that had one. */
  id: string
  kind: string
  data: string
}

/** Feed it text; it answers with the events that are complete.  Comment lines (heartbeats) make no event. */
export function eventParser(): (text: string) => ServerEvent[] {
  let rest = ""
  let id = ""
  let kind = ""
  let data: string[] = []

  return (text) => {
    const found: ServerEvent[] = []
    const lines = (rest + text).split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ""
    for (const line of lines) {
      if (line === "") {
        if (data.length > 0) found.push({ id, kind: kind || "message", data: data.join("\n") })
        kind = ""
        data = []
        continue
      }
      const [, field = "", value = ""] = /^([^:]*)(?::\x20?(.*))?$/s.exec(line) ?? []
      if (field === "id") id = value
      else if (field === "event") kind = value
      else if (field === "data") data.push(value)
    }
    return found
  }
}
