/** The words of the interface, in the language that is set.  Reading one inside a component redraws it when that changes. */
import { language } from "../model/settings"
import type { Language } from "../model/types"
import { en } from "./en"
import { fill, pieces, type Piece } from "./fill"
import { number } from "./format"
import { zhCN } from "./zh-CN"

export type Key = keyof typeof en
/** A key that comes as `…_one` and `…_other`; the parameter is called `n`. */
export type PluralKey = Key extends infer K ? (K extends `${infer Stem}_one` ? Stem : never) : never

export const catalogues: Record<Language, Record<Key, string>> = { en, "zh-CN": zhCN }

const plurals: Record<Language, Intl.PluralRules> = { en: new Intl.PluralRules("en"), "zh-CN": new Intl.PluralRules("zh-CN") }

/** Text. Numbers among the parameters are written as the language writes them. */
export function t(key: Key, params?: Record<string, unknown>): string {
  return fill(catalogues[language.value][key], params && written(params))
}

/** Text in stretches of prose and code, for <Words>. */
export function tp(key: Key, params?: Record<string, unknown>): Piece[] {
  return pieces(catalogues[language.value][key], params && written(params))
}

/** Text that counts `n` things. */
export function tn(stem: PluralKey, n: number, params: Record<string, unknown> = {}): string {
  const form = plurals[language.value].select(n) === "one" ? "one" : "other"
  return t(`${stem}_${form}` as Key, { n, ...params })
}

function written(params: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, typeof value === "number" ? number(value, 2) : value]),
  )
}
