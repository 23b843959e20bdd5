/** A printed traceback in stretches: lines of the site's own files, and library code that can be folded. */

export interface Stretch {
  isLibrary: boolean
  lines: string[]
  /** Where the mistake is: the innermost frame of the site's own, by the index of its first line; -1 elsewhere. */
  culprit: number
}

/** `folder` is the site's; a relative file name is taken as one of its own. */
export function stretches(traceback: string, folder: string): Stretch[] {
  const found: Stretch[] = []
  let isLibrary = false
  for (const line of traceback.split("\n")) {
    const file = /^\s*(?:\| )?\s*File "(.+?)", line \d+/.exec(line)?.[1]
    if (file !== undefined) isLibrary = !isOwn(file, folder)
    // What is not indented (the error, "During handling …") belongs to no frame.
    else if (!/^\s/.test(line)) isLibrary = false
    const last = found.at(-1)
    if (last?.isLibrary === isLibrary) last.lines.push(line)
    else found.push({ isLibrary, lines: [line], culprit: -1 })
  }
  return markCulprit(found)
}

function markCulprit(found: Stretch[]): Stretch[] {
  const last = found.findLast((stretch) => !stretch.isLibrary && stretch.lines.some(isFrame))
  if (last) last.culprit = last.lines.findLastIndex(isFrame)
  return found
}

function isFrame(line: string): boolean {
  return /^\s*(?:\| )?\s*File "/.test(line)
}

function isOwn(file: string, folder: string): boolean {
  const isAbsolute = file.startsWith("/") || /^[A-Za-z]:[\\/]/.test(file)
  if (file.startsWith("<")) return false
  return !isAbsolute || file.startsWith(folder.endsWith("/") ? folder : `${folder}/`)
}
