/**
 * The one registry of actions.  Palette, menus, tooltips, key bindings and the `?` sheet all read it, so none can drift.
 *
 * A screen adds its commands while it is shown: `useCommands(() => [...])` (parts/useCommands.ts).
 */
import { computed, signal } from "@preact/signals"
import type { IconName } from "./parts/icons"

export interface Command {
  /** Never changes: "runs.next-failure". */
  id: string
  /** In the language that is set: read when it is shown. */
  title: () => string
  group: "go" | "site" | "runs" | "page"
  /** "Ctrl+K" (Ctrl is ⌘ on a Mac), "Shift+R", "/", "J", "ArrowDown". The first is shown. */
  keys?: string[]
  icon?: IconName
  run: () => void
  /** Absent: always. A command that cannot be used now is in no menu, and its key does nothing. */
  isEnabled?: () => boolean
  /** In the key sheet only: moving by arrows makes no entry of the palette. */
  isHiddenInPalette?: boolean
  /** Works while a text field has focus too. Keys with Ctrl do anyway. */
  inFields?: boolean
}

const groups = signal<{ owner: symbol; commands: Command[] }[]>([])

/** All commands of what is on screen, program-wide ones first. */
export const commands = computed(() => groups.value.flatMap((group) => group.commands))

/** Add; answers with its undoing. Throws where an id or a key is taken: two actions on one key is a bug. */
export function addCommands(fresh: Command[]): () => void {
  const owner = Symbol()
  refuseDuplicates([...commands.peek(), ...fresh])
  groups.value = [...groups.peek(), { owner, commands: fresh }]
  return () => {
    groups.value = groups.peek().filter((group) => group.owner !== owner)
  }
}

export function command(id: string): Command | undefined {
  return commands.value.find((one) => one.id === id)
}

export function isUsable(one: Command): boolean {
  return one.isEnabled?.() ?? true
}

function refuseDuplicates(all: Command[]): void {
  const seen = new Map<string, string>()
  for (const one of all) {
    for (const name of [`id ${one.id}`, ...(one.keys ?? []).map((key) => `key ${key}`)]) {
      const other = seen.get(name)
      if (other !== undefined) throw new Error(`${name} belongs to ${other} and ${one.id}`)
      seen.set(name, one.id)
    }
  }
}
