import { signal } from "@preact/signals"
import { t, tn } from "../../i18n"
import { clearRuns, runList } from "../../model/run-lists"
import { site } from "../../model/sites"
import { attempt } from "../../model/trouble"
import { Button } from "../../parts/Button"
import { Dialog, DialogActions } from "../../parts/Dialog"
import { navigate, paths } from "../../router"

const asked = signal<string | null>(null)

/** Deleting cannot be undone, so it asks. */
export function askToClear(slug: string): void {
  asked.value = slug
}

export function ClearDialog({ slug }: { slug: string }) {
  if (asked.value !== slug) return null
  const close = () => (asked.value = null)
  const clear = async () => {
    close()
    if (await attempt(clearRuns(slug))) navigate(paths.runs(slug), { replace: true })
  }
  return (
    <Dialog title={t("runs.clear.title", { site: site(slug).value?.name ?? slug })} onClose={close} class="ask">
      <p>{tn("runs.clear.text", runList(slug).total.value)}</p>
      <DialogActions>
        <Button onClick={close} autoFocus>
          {t("runs.clear.keep")}
        </Button>
        <Button kind="danger" icon="trash" onClick={() => void clear()}>
          {t("runs.clear.do")}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
