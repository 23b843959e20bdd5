/** Sentences that commands, failure page and window share: they come as slug and parameters and are worded here. */
import { language } from "../model/settings"
import type { Language, Params, Problem } from "../model/types"
import { pieces, type Piece } from "./fill"

interface Words {
  errors: Record<string, { error: string; fix: string }>
  phrases: Record<string, string>
}
export interface DiagnosisWords {
  title: string
  what: string
  why: string
  fix: string
}

// A glob, because it is content of another package: what is there is taken, and what it must hold is tested there.
const words = byLanguage<Words>(import.meta.glob("../../../app/words/*/*.json", { eager: true, import: "default" }))
const diagnoses = byLanguage<Record<string, DiagnosisWords>>(
  import.meta.glob("../../../app/diagnose/words/*.json", { eager: true, import: "default" }),
)

/** One part of an explanation; null for a slug that this version does not know (then the server's words serve). */
export function explanation(slug: string, part: keyof DiagnosisWords, params: Params): Piece[] | null {
  const template = diagnoses[language.value]?.[slug]?.[part]
  return template === undefined ? null : pieces(template, params)
}

/** What is wrong with a site, and the way out. */
export function problem(told: Problem): { error: Piece[]; fix: Piece[] } {
  const found = words[language.value]?.errors[told.slug]
  return {
    error: pieces(found?.error ?? told.error, found ? told.params : {}),
    fix: pieces(found?.fix ?? told.fix, found ? told.params : {}),
  }
}

/** A notice, or the label of something that the server names by slug; null where it has no words. */
export function phrase(slug: string, params: Params = {}): Piece[] | null {
  const found = words[language.value]
  const template = found?.phrases[slug] ?? found?.errors[slug]?.error
  return template === undefined ? null : pieces(template, params)
}

/** By what stands in the path: `words/en/sites.json`, `words/en.json`.  Files of one language are merged, section by section. */
function byLanguage<T extends object>(files: Record<string, unknown>): Partial<Record<Language, T>> {
  const found: Partial<Record<Language, Record<string, object>>> = {}
  for (const [path, content] of Object.entries(files)) {
    const language = /words\/([^/.]+)/.exec(path)?.[1] as Language
    const whole = (found[language] ??= {})
    for (const [section, words] of Object.entries(content as Record<string, object>)) whole[section] = { ...whole[section], ...words }
  }
  return found as Partial<Record<Language, T>>
}
