/** Changing the program's own settings: shown at once, taken back when the server refuses. */
import { patch } from "./rest"
import { language, singleKeys, takeSettings, theme, tourHidden } from "./settings"
import type { Settings } from "./types"

export async function changeSettings(changes: Partial<Settings>): Promise<void> {
  const before = current()
  takeSettings(changes)
  try {
    await patch("/api/settings", changes)
  } catch (error) {
    takeSettings(before)
    throw error
  }
}

function current(): Settings {
  return { language: language.value, theme: theme.value, single_keys: singleKeys.value, tour_hidden: tourHidden.value }
}
