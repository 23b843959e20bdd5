/** Key bindings: one listener that reads the registry. */
import { commands, isUsable, type Command } from "./commands"
import { singleKeys } from "./model/settings"

export const isMac = /Mac|iP(hone|ad)/.test(navigator.platform)

/** Called once; answers with its undoing. */
export function listenForKeys(): () => void {
  document.addEventListener("keydown", onKey)
  return () => document.removeEventListener("keydown", onKey)
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return
  const name = keyName(event)
  const found = commands.peek().find((one) => one.keys?.includes(name) && isUsable(one) && isAllowed(one, name, event))
  if (!found) return
  event.preventDefault()
  found.run()
}

/** "Ctrl+K", "Shift+R", "?", "J", "ArrowDown" */
export function keyName(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">): string {
  const isLetter = /^[a-z]$/i.test(event.key)
  const key = isLetter ? event.key.toUpperCase() : event.key === " " ? "Space" : event.key
  const ctrl = (isMac ? event.metaKey : event.ctrlKey) ? "Ctrl+" : ""
  // The other of Ctrl and ⌘, and Alt, belong to the system: such a chord is none of ours.
  const alien = event.altKey || (isMac ? event.ctrlKey : event.metaKey) ? "Alien+" : ""
  // Shift is part of what "?" and "+" are; it is named only where the key has no other form.
  const shift = event.shiftKey && (isLetter || key.length > 1) ? "Shift+" : ""
  return alien + ctrl + shift + key
}

/** As a keyboard shows it: "Ctrl K", "⌘ K", "Shift R". */
export function shownKey(name: string): string {
  const shown: Record<string, string> = { ArrowUp: "↑", ArrowDown: "↓", Escape: "Esc", Ctrl: isMac ? "⌘" : "Ctrl", Shift: isMac ? "⇧" : "Shift", "=": "+" }
  return name
    .split(/(?<=.)\+/)
    .map((part) => shown[part] ?? part)
    .join(" ")
}

// WCAG 2.1.4: a key without Ctrl works only outside of text fields, and can be switched off. Keys that only move
// (arrows, Enter, Escape) are no character keys and stay.
function isAllowed(one: Command, name: string, event: KeyboardEvent): boolean {
  if (name.startsWith("Ctrl+") || /^F\d/.test(name) || one.inFields) return !isInDialog(event) || one.inFields === true || one.group === "page"
  if (isInDialog(event) || isTextField(event.target)) return false
  const isCharacter = name === "Space" || /^(Shift\+)?.$/.test(name)
  // A focused button or link owns Space and Enter.
  const isPressing = (name === "Space" || name === "Enter") && event.target instanceof Element && event.target.closest("button,a,summary,[role=tab],[role=menuitem],[role=switch]")
  return !isPressing && (!isCharacter || singleKeys.peek())
}

function isInDialog(event: KeyboardEvent): boolean {
  return event.target instanceof Element && event.target.closest("dialog,[role=menu]") !== null
}

function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button", "submit", "range"].includes(target.type)
}
