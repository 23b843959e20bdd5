import { useEffect, useState } from "preact/hooks"
import { t } from "../../i18n"
import { readWindowState, windowState } from "../../model/app"
import { setUpWindow } from "../../model/desktop"
import { attempt } from "../../model/trouble"
import { Button } from "../../parts/Button"
import { CopyButton } from "../../parts/CopyButton"
import { Row } from "./Settings"

/** Has Gatehouse a window of its own?  If not: what this system needs for one, exactly. */
export function OwnWindow() {
  const { native, backend, setup } = windowState.value
  const [isBusy, setBusy] = useState(false)
  useEffect(() => void readWindowState().catch(() => undefined), [])
  if (native) return <Row id="window" name={t("program.window")} what={t("program.window-there", { backend: backend ?? "–" })} />
  const install = async () => {
    setBusy(true)
    if (!(await attempt(setUpWindow()))) setBusy(false)
  }
  return (
    <Row id="window" name={t("program.window")} what={t(setup.command || setup.possible ? "program.window-none" : "program.window-no-way")}>
      {setup.command && (
        <div class="command-line">
          <code>{setup.command}</code>
          <CopyButton text={setup.command} label={t("shell.copy-what", { what: setup.command })} />
        </div>
      )}
      {setup.possible && (
        <Button icon="download" disabled={isBusy} onClick={() => void install()}>
          {isBusy ? t("program.window-installing") : setup.qt_mib === null ? t("program.window-qt") : t("program.window-qt-size", { mib: setup.qt_mib })}
        </Button>
      )}
    </Row>
  )
}
