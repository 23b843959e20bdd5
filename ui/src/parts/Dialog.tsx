import type { ComponentChildren } from "preact"
import { useEffect, useId, useRef } from "preact/hooks"
import { t } from "../i18n"
import { Button } from "./Button"

interface DialogProps {
  title: string
  onClose: () => void
  children: ComponentChildren
  class?: string
  /** The palette's field says what it is for: its title is only spoken. */
  isTitleUnseen?: boolean
}

/** A modal dialog: the page behind it is inert, Escape and a click beside it close it, the focus returns. */
export function Dialog({ title, onClose, children, class: extra = "", isTitleUnseen = false }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => {
    const before = document.activeElement
    dialog.current?.showModal()
    return () => before instanceof HTMLElement && before.isConnected && before.focus()
  }, [])

  return (
    <dialog class={`dialog ${extra}`} ref={dialog} aria-labelledby={titleId} onClose={onClose} onMouseDown={(event) => event.target === dialog.current && onClose()}>
      <div class="dialog-inside">
        <header class={isTitleUnseen ? "unseen" : "dialog-head"}>
          <h2 id={titleId}>{title}</h2>
          {!isTitleUnseen && <Button kind="ghost" icon="close" label={t("shell.close")} onClick={onClose} />}
        </header>
        {children}
      </div>
    </dialog>
  )
}

/** The row of buttons at a dialog's end. */
export function DialogActions({ children }: { children: ComponentChildren }) {
  return <footer class="dialog-acts">{children}</footer>
}
