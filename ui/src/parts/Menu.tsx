import { useLayoutEffect, useRef, useState } from "preact/hooks"
import { isUsable, type Command } from "../commands"
import { shownKey } from "../keys"
import { Button } from "./Button"
import { Icon } from "./Icon"

interface MenuProps {
  /** Of the button that opens it. */
  label: string
  /** Those that cannot be used now are left out; "line" draws one. */
  items: (Command | "line")[]
}

/** A button with a menu of commands (WAI-ARIA menu button: arrows, Home, End, Escape). */
export function Menu({ label, items }: MenuProps) {
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const close = () => {
    setOpen(false)
    button.current?.focus()
  }
  return (
    <span class="menu-place">
      <Button kind="ghost" icon="ellipsis" label={label} hasPopup="menu" expanded={isOpen} buttonRef={button} onClick={() => setOpen(!isOpen)} />
      {isOpen && <MenuList label={label} items={usable(items)} at={button.current} onClose={close} onLeave={() => setOpen(false)} />}
    </span>
  )
}

interface ListProps extends MenuProps {
  at: HTMLElement | null
  onClose: () => void
  onLeave: () => void
}

function MenuList({ label, items, at, onClose, onLeave }: ListProps) {
  const list = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (!list.current || !at) return
    place(list.current, at)
    entries(list.current)[0]?.focus()
    const onPress = (event: Event) => {
      const isOurs = event.target instanceof Node && (list.current?.contains(event.target) || at.contains(event.target))
      if (!isOurs) onLeave()
    }
    document.addEventListener("pointerdown", onPress)
    window.addEventListener("resize", onLeave)
    return () => {
      document.removeEventListener("pointerdown", onPress)
      window.removeEventListener("resize", onLeave)
    }
  }, [])

  return (
    <div class="menu" role="menu" aria-label={label} ref={list} onKeyDown={(event) => onKey(event, list.current, onClose)}>
      {items.map((item) =>
        item === "line" ? (
          <hr />
        ) : (
          <button type="button" role="menuitem" tabIndex={-1} onClick={() => (onClose(), item.run())}>
            {item.icon && <Icon name={item.icon} />}
            <span>{item.title()}</span>
            {item.keys?.[0] && <kbd aria-hidden="true">{shownKey(item.keys[0])}</kbd>}
          </button>
        ),
      )}
    </div>
  )
}

/** Without those that cannot be used, and without lines that then have nothing above or below. */
function usable(items: MenuProps["items"]): MenuProps["items"] {
  const left = items.filter((item) => item === "line" || isUsable(item))
  return left.filter((item, n) => item !== "line" || (n > 0 && n < left.length - 1 && left[n - 1] !== "line"))
}

/** Below the button, or above it where there is no room; inside the window in any case. */
function place(list: HTMLElement, at: HTMLElement): void {
  const button = at.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = list
  const isRoomBelow = button.bottom + 4 + height <= window.innerHeight
  list.style.left = `${Math.max(8, Math.min(button.right - width, window.innerWidth - width - 8))}px`
  list.style.top = `${Math.max(8, isRoomBelow ? button.bottom + 4 : button.top - 4 - height)}px`
}

function entries(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>("[role=menuitem]")]
}

function onKey(event: KeyboardEvent, list: HTMLElement | null, close: () => void): void {
  if (!list) return
  const all = entries(list)
  const now = all.indexOf(document.activeElement as HTMLElement)
  const to = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: -1 }[event.key]
  if (to !== undefined) all.at(to % all.length)?.focus()
  else if (event.key === "Escape" || event.key === "Tab") close()
  else return
  event.preventDefault()
  event.stopPropagation()
}
