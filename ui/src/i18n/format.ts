/** Numbers, times and sizes as the language writes them (Intl); times in the zone of this computer. */
import { signal } from "@preact/signals"
import { language } from "../model/settings"
import type { Language } from "../model/types"

/** Beats every ten seconds, so that "2 min" moves on; read by `ago`. */
const now = signal(Date.now())
setInterval(() => (now.value = Date.now()), 10_000)

const numbers = perLanguage((spoken) => [0, 1, 2].map((digits) => new Intl.NumberFormat(spoken, { maximumFractionDigits: digits })))
const bytesInWords = perLanguage((spoken) => new Intl.NumberFormat(spoken, { style: "unit", unit: "byte", unitDisplay: "long" }))
const relative = perLanguage((spoken) => new Intl.RelativeTimeFormat(spoken, { numeric: "auto" }))
const days = perLanguage((spoken) => new Intl.DateTimeFormat(spoken, { day: "numeric", month: "short" }))
const clocks = perLanguage((spoken) => new Intl.DateTimeFormat(spoken, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }))
const moments = perLanguage((spoken) => new Intl.DateTimeFormat(spoken, { dateStyle: "medium", timeStyle: "medium" }))

export function number(value: number, digits: 0 | 1 | 2 = 0): string {
  return numbers()[digits]?.format(value) ?? String(value)
}

/** "86 ms", "1.24 s", "30.0 s", "2 min 5 s". */
export function duration(ms: number | null): string {
  const { value, unit } = durationParts(ms)
  return unit === "" ? value : `${value} ${unit}`
}

/** Apart, for figures with a small unit. null: "–". */
export function durationParts(ms: number | null): { value: string; unit: string } {
  if (ms === null) return { value: "–", unit: "" }
  if (ms < 9.95) return { value: number(ms, 1), unit: "ms" }
  if (ms < 999.5) return { value: number(ms), unit: "ms" }
  if (ms < 60_000) return { value: number(ms / 1000, ms < 10_000 ? 2 : 1), unit: "s" }
  const s = Math.round(ms / 1000)
  return { value: `${number(Math.floor(s / 60))} min ${s % 60}`, unit: "s" }
}

/** "512 bytes" is for people; files count in KiB and MiB, as the limits do. */
export function size(bytes: number | null): string {
  if (bytes === null) return "–"
  // What would be written as "1,024 KiB" is 1 MiB.
  const steps: [number, string][] = [[2 ** 30, "GiB"], [2 ** 20, "MiB"], [2 ** 10, "KiB"]]
  const step = steps.find(([one]) => bytes >= one * 0.9995)
  if (!step) return bytesInWords().format(bytes)
  const value = bytes / step[0]
  return `${number(value, value < 10 ? 1 : 0)} ${step[1]}`
}

/** "now", "9 s", "12 min", "3 h", then the day. Short, for columns. */
export function ago(iso: string): string {
  const s = Math.max(0, Math.round((Math.max(now.value, Date.now()) - Date.parse(iso)) / 1000))
  if (s < 2) return relative().format(0, "second")
  const zh = language.value === "zh-CN"
  if (s < 60) return zh ? `${s} 秒` : `${s} s`
  if (s < 3600) return zh ? `${Math.floor(s / 60)} 分钟` : `${Math.floor(s / 60)} min`
  if (s < 86_400) return zh ? `${Math.floor(s / 3600)} 小时` : `${Math.floor(s / 3600)} h`
  return days().format(new Date(iso))
}

/** "14:32:07" */
export function clock(iso: string): string {
  return clocks().format(new Date(iso))
}

/** Date and time to the second, for tooltips. */
export function moment(iso: string): string {
  return moments().format(new Date(iso))
}

/** "Python, Perl, sh" */
export function list(items: string[]): string {
  // Intl's Chinese list without "and" runs Latin words together.
  if (language.value === "zh-CN") return items.join("、")
  return new Intl.ListFormat(language.value, { style: "short", type: "unit" }).format(items)
}

/** Made once a language: making a formatter costs far more than using it, and a list uses hundreds in each frame. */
function perLanguage<T>(make: (spoken: Language) => T): () => T {
  const made: Partial<Record<Language, T>> = {}
  return () => (made[language.value] ??= make(language.value))
}
