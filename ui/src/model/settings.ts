/** The program's own settings: language, theme, single keys, the tour.  The server keeps them; this is what is on screen. */
import { computed, effect, signal } from "@preact/signals"
import type { Language, Settings, Theme } from "./types"

const preferred: Language = /^zh\b/i.test(navigator.language) ? "zh-CN" : "en"

export const language = signal<Language>(remembered("language", ["en", "zh-CN"]) ?? preferred)
export const theme = signal<Theme>(remembered("theme", ["system", "light", "dark"]) ?? "system")
export const singleKeys = signal(true)
export const tourHidden = signal(false)

const systemIsDark = signal(matchMedia("(prefers-color-scheme: dark)").matches)
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", (event) => (systemIsDark.value = event.matches))

/** What is drawn: "system" resolved. */
export const shownTheme = computed(() => (theme.value === "system" ? (systemIsDark.value ? "dark" : "light") : theme.value))

/** From the server: at start, and when another window changed something. */
export function takeSettings(from: Partial<Settings>): void {
  if (from.language) language.value = from.language
  if (from.theme) theme.value = from.theme
  if (from.single_keys !== undefined) singleKeys.value = from.single_keys
  if (from.tour_hidden !== undefined) tourHidden.value = from.tour_hidden
}

/** Keep the document in step.  Language and theme are remembered here too, so that a reload does not flash. */
export function dressDocument(): () => void {
  return effect(() => {
    document.documentElement.lang = language.value
    document.documentElement.dataset.theme = shownTheme.value
    remember("language", language.value)
    remember("theme", theme.value)
  })
}

function remembered<T extends string>(key: string, allowed: readonly T[]): T | null {
  try {
    const value = window.localStorage?.getItem(`gatehouse-${key}`) ?? null
    return allowed.find((one) => one === value) ?? null
  } catch {
    return null
  }
}

function remember(key: string, value: string): void {
  try {
    window.localStorage?.setItem(`gatehouse-${key}`, value)
  } catch {
    // No storage: the server's answer is a moment away.
  }
}
