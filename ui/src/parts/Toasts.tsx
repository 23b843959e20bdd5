import { signal } from "@preact/signals"
import { t } from "../i18n"
import { Button } from "./Button"

interface Toast {
  text: string
  undo: () => void
}

const LASTS_MS = 10_000
const shown = signal<Toast | null>(null)
let ending: ReturnType<typeof setTimeout> | undefined

/** Something was done that can be undone; only that is worth a toast. */
export function offerUndo(text: string, undo: () => void): void {
  clearTimeout(ending)
  shown.value = { text, undo }
  ending = setTimeout(() => (shown.value = null), LASTS_MS)
}

export function Toasts() {
  const toast = shown.value
  const close = () => (shown.value = null)
  return (
    <div class="toasts" role="status">
      {toast && (
        <div class="toast">
          <span>{toast.text}</span>
          <Button size="small" icon="undo" onClick={() => (toast.undo(), close())}>
            {t("shell.undo")}
          </Button>
          <Button kind="ghost" size="small" icon="close" label={t("shell.close")} onClick={close} />
        </div>
      )}
    </div>
  )
}
