/** A request target for the eye: the script's name strong, what goes before and after it quiet. */

export interface TargetParts {
  before: string
  script: string
  /** Path info and query. */
  after: string
}

/** `script` is relative to the site's folder; in the target it stands under whatever URL serves that folder. */
export function targetParts(target: string, script: string): TargetParts {
  const name = script.slice(script.lastIndexOf("/") + 1)
  const path = target.split("?", 1)[0] ?? ""
  const at = indexOfSegment(path, name)
  if (at >= 0) return { before: path.slice(0, at), script: name, after: target.slice(at + name.length) }
  // The folder was asked for, and the script is its index: the target does not name it.
  return { before: "", script: name, after: target.slice(path.length) }
}

/** Letters beyond ASCII as letters; what else is percent-encoded may be a separator, and stays as it was sent. */
export function readableTarget(target: string): string {
  return target.replace(/(?:%[89a-f][0-9a-f])+/gi, (encoded) => {
    try {
      return decodeURIComponent(encoded)
    } catch {
      return encoded
    }
  })
}

function indexOfSegment(path: string, name: string): number {
  for (const shown of [name, encodeURIComponent(name)]) {
    const found = `${path}/`.indexOf(`/${shown}/`)
    if (found >= 0 && shown === name) return found + 1
  }
  return -1
}
