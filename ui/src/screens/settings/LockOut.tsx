import { useState } from "preact/hooks"
import { t } from "../../i18n"
import { lockOthersOut } from "../../model/desktop"
import { attempt } from "../../model/trouble"
import { Button } from "../../parts/Button"
import { Row } from "./Settings"

/** For whoever let in a browser that should not be in. */
export function LockOut() {
  const [isDone, setDone] = useState(false)
  const lock = async () => setDone(await attempt(lockOthersOut()))
  return (
    <Row id="lock-out" name={t("program.lock-out")} what={t("program.lock-out-what")}>
      <Button icon="lock" onClick={() => void lock()}>
        {t("program.lock-out-do")}
      </Button>
      {isDone && <p role="status">{t("program.lock-out-done")}</p>}
    </Row>
  )
}
