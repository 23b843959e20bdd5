/** The program that ran a script: "python3", "perl"; null for one that is a program itself. */
import type { RunWhole } from "../../model/types"
import { inline } from "./text"

export function interpreterOf({ program, script, file }: Pick<RunWhole, "program" | "script" | "file">): string | null {
  if (program === null) return null
  const started = lastPart(inline(program))
  // Gatehouse put an interpreter in the script's place, or the kernel read the first line.
  if (started !== lastPart(script)) return started
  return typeof file?.shebang === "string" ? named(file.shebang) : null
}

/** "#!/usr/bin/env -S python3 -u" names python3, "#!/usr/bin/perl -w" perl. */
function named(shebang: string): string | null {
  const [program, ...words] = shebang.slice(2).trim().split(/\s+/)
  const name = lastPart(program ?? "")
  if (name !== "env") return name || null
  const asked = words.find((word) => !word.startsWith("-") && !word.includes("="))
  return asked === undefined ? null : lastPart(asked)
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1)
}
