import { useState } from "preact/hooks"
import { t } from "../../i18n"
import { clearRuns } from "../../model/run-lists"
import { attempt } from "../../model/trouble"
import { announce } from "../../parts/announce"
import { Button } from "../../parts/Button"
import { Dialog, DialogActions } from "../../parts/Dialog"

/** Deleting every recorded run of a site; asks first. */
export function ClearRuns({ slug }: { slug: string }) {
  const [isAsking, setAsking] = useState(false)
  const close = () => setAsking(false)
  const clear = async () => {
    close()
    if (await attempt(clearRuns(slug))) announce(t("clear.done"))
  }
  return (
    <div class="setting">
      <div class="setting-about">
        <b>{t("clear.name")}</b>
        <p>{t("clear.what")}</p>
      </div>
      <div class="setting-value">
        <Button kind="danger" icon="trash" onClick={() => setAsking(true)}>
          {t("clear.do")}
        </Button>
      </div>
      {isAsking && (
        <Dialog title={t("clear.title")} onClose={close} class="ask">
          <p>{t("clear.sure")}</p>
          <DialogActions>
            <Button onClick={close} autoFocus>
              {t("shell.cancel")}
            </Button>
            <Button kind="danger" icon="trash" onClick={() => void clear()}>
              {t("clear.yes")}
            </Button>
          </DialogActions>
        </Dialog>
      )}
    </div>
  )
}
