import type { ComponentChildren, Ref } from "preact"
import { shownKey } from "../keys"
import { Icon } from "./Icon"
import type { IconName } from "./icons"

interface Look {
  /** "primary" once a screen; "ghost" where many stand together. */
  kind?: "plain" | "primary" | "ghost" | "danger"
  size?: "normal" | "small"
  icon?: IconName
  /** For a button that is only an icon: its name, spoken and as a tooltip. */
  label?: string
  /** As in commands.ts, shown behind the words: "Shift+R". */
  keyName?: string | undefined
  /** More of a tooltip than the words say. */
  title?: string
  class?: string
  children?: ComponentChildren
}

interface ButtonProps extends Look {
  onClick?: ((event: MouseEvent) => void) | undefined
  type?: "button" | "submit"
  disabled?: boolean
  pressed?: boolean
  expanded?: boolean
  hasPopup?: "menu" | "dialog"
  autoFocus?: boolean
  buttonRef?: Ref<HTMLButtonElement>
}

export function Button({ onClick, type = "button", disabled, pressed, expanded, hasPopup, autoFocus, buttonRef, ...look }: ButtonProps) {
  return (
    <button
      type={type}
      class={classOf(look)}
      onClick={onClick}
      disabled={disabled}
      title={tooltip(look)}
      aria-label={look.label}
      aria-pressed={pressed}
      aria-expanded={expanded}
      aria-haspopup={hasPopup}
      autofocus={autoFocus}
      ref={buttonRef}
    >
      {inside(look)}
    </button>
  )
}

/** Looks like a button and leads to an address: of ours, or of a site (then in a tab of its own). */
export function LinkButton({ href, newTab, ...look }: Look & { href: string; newTab?: boolean }) {
  const target = newTab ? { target: "_blank", rel: "noopener noreferrer" } : {}
  return (
    <a class={classOf(look)} href={href} title={tooltip(look)} aria-label={look.label} {...target}>
      {inside(look)}
    </a>
  )
}

function classOf({ kind = "plain", size = "normal", children, class: extra = "" }: Look): string {
  return `button ${kind} ${size} ${children === undefined ? "only-icon" : ""} ${extra}`
}

function tooltip({ label, title, keyName, children }: Look): string | undefined {
  const words = title ?? (children === undefined ? label : undefined)
  return words !== undefined && keyName !== undefined ? `${words} (${shownKey(keyName)})` : words
}

function inside({ icon, children, keyName }: Look) {
  return (
    <>
      {icon && <Icon name={icon} />}
      {children}
      {keyName !== undefined && children !== undefined && <kbd aria-hidden="true">{shownKey(keyName)}</kbd>}
    </>
  )
}
