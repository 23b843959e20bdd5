import { useState } from "preact/hooks"
import { t, tn } from "../../i18n"
import { quit } from "../../model/app"
import { sites } from "../../model/sites"
import { attempt } from "../../model/trouble"
import { Button } from "../../parts/Button"
import { Dialog, DialogActions } from "../../parts/Dialog"
import { Row } from "./Settings"

export function Quit() {
  const [isAsking, setAsking] = useState(false)
  const serving = sites.value.filter((site) => site.state === "serving").length
  const close = () => setAsking(false)
  const end = async () => {
    close()
    await attempt(quit())
  }
  return (
    <Row id="quit" name={t("quit.name")} what={t("quit.what")}>
      <Button icon="power" onClick={() => setAsking(true)}>
        {t("quit.do")}
      </Button>
      {isAsking && (
        <Dialog title={t("quit.title")} onClose={close} class="ask">
          <p>{tn("quit.sure", serving)}</p>
          <DialogActions>
            <Button onClick={close}>{t("shell.cancel")}</Button>
            <Button kind="primary" icon="power" autoFocus onClick={() => void end()}>
              {t("quit.yes")}
            </Button>
          </DialogActions>
        </Dialog>
      )}
    </Row>
  )
}
