import { useState } from "preact/hooks"
import { t } from "../i18n"
import { announce } from "./announce"
import { Button } from "./Button"

/** Copies a text; a check mark says that it did. */
export function CopyButton({ text, label, children, class: extra = "" }: { text: string | (() => string); label?: string; children?: string; class?: string }) {
  const [isDone, setDone] = useState(false)
  const copy = async () => {
    const done = await copyText(typeof text === "string" ? text : text())
    announce(t(done ? "shell.copied" : "shell.not-copied"))
    setDone(done)
    setTimeout(() => setDone(false), 1500)
  }
  return (
    <Button kind="ghost" size="small" class={extra} icon={isDone ? "check" : "copy"} label={children === undefined ? (label ?? t("shell.copy")) : ""} onClick={() => void copy()}>
      {children}
    </Button>
  )
}

/** False where the browser forbids it. WebKitGTK and http://localhost in old browsers lack navigator.clipboard. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyBySelection(text)
  }
}

function copyBySelection(text: string): boolean {
  const field = document.createElement("textarea")
  field.value = text
  field.className = "unseen"
  // A modal dialog makes the rest of the page inert: there the field has to be inside it.
  const place = document.querySelector("dialog[open]") ?? document.body
  const focused = document.activeElement
  place.append(field)
  field.select()
  const done = document.execCommand("copy")
  field.remove()
  if (focused instanceof HTMLElement) focused.focus()
  return done
}
