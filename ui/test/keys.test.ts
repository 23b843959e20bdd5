import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { addCommands, type Command } from "../src/commands"
import { keyName, listenForKeys, shownKey } from "../src/keys"
import { singleKeys } from "../src/model/settings"

const undo: (() => void)[] = []
beforeEach(() => void undo.push(listenForKeys()))
afterEach(() => {
  while (undo.length > 0) undo.pop()?.()
  document.body.replaceChildren()
  singleKeys.value = true
})

/** A command on this key; answers with what counts its calls. */
function bound(key: string, rest: Partial<Command> = {}) {
  const run = vi.fn()
  undo.push(addCommands([{ id: key, keys: [key], title: () => key, group: "page", run, ...rest }]))
  return run
}

function press(key: string, { on = document.body, ...modifiers }: { on?: Element } & KeyboardEventInit = {}): void {
  on.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...modifiers }))
}

function put<T extends HTMLElement>(element: T): T {
  document.body.append(element)
  return element
}

test.each([
  [{ key: "k", ctrlKey: true }, "Ctrl+K"],
  [{ key: "?", shiftKey: true }, "?"],
  [{ key: "R", shiftKey: true }, "Shift+R"],
  [{ key: " " }, "Space"],
  [{ key: "k", altKey: true }, "Alien+K"],
])("%o is called %s", (event, name) => {
  expect(keyName({ ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...event })).toBe(name)
})

test("keys are shown as on a keyboard", () => {
  expect(shownKey("Ctrl+K")).toBe("Ctrl K")
  expect(shownKey("ArrowDown")).toBe("↓")
})

test("a single key works where nothing is typed, and not in a text field", () => {
  const run = bound("J")
  press("j")
  press("j", { on: put(document.createElement("input")) })
  expect(run).toHaveBeenCalledTimes(1)
})

test("single keys can be switched off; keys that move stay", () => {
  const letter = bound("J")
  const arrow = bound("ArrowDown")
  singleKeys.value = false
  press("j")
  press("ArrowDown")
  expect(letter).not.toHaveBeenCalled()
  expect(arrow).toHaveBeenCalledTimes(1)
})

test("a focused button keeps Space for itself", () => {
  const run = bound("Space")
  press(" ", { on: put(document.createElement("button")) })
  expect(run).not.toHaveBeenCalled()
})

test("while a dialog is open, its page's keys rest", () => {
  const run = bound("J")
  const dialog = put(document.createElement("dialog"))
  press("j", { on: dialog })
  expect(run).not.toHaveBeenCalled()
})

test("a command that cannot be used leaves its key to the browser", () => {
  const run = bound("O", { isEnabled: () => false })
  const event = new KeyboardEvent("keydown", { key: "o", bubbles: true, cancelable: true })
  document.body.dispatchEvent(event)
  expect(run).not.toHaveBeenCalled()
  expect(event.defaultPrevented).toBe(false)
})
