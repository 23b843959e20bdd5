/** An explanation in the language of this page; in the server's words where this version does not know its slug. */
import { explanation as worded, type DiagnosisWords } from "../../i18n/server-words"
import type { Piece } from "../../i18n/fill"
import type { Explanation } from "../../model/types"

export function explained(told: Explanation, part: keyof DiagnosisWords): Piece[] {
  const words = worded(told.slug, part, told.params)
  if (words) return words
  const text = part === "fix" ? told.fix.text : told[part]
  return text === "" ? [] : [{ text, isCode: false }]
}

/** A command among the words of the fix, where there is one to copy. */
export function commandOf(fix: readonly Piece[]): string | null {
  return fix.find((piece) => piece.isCode && /^(chmod|sed|ulimit|dos2unix) \S/.test(piece.text))?.text ?? null
}
