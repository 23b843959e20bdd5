import { t } from "../i18n"
import { streamState } from "../model/events"
import { Icon } from "./Icon"

/** Shown while the event stream is broken: what is on screen may be out of date. */
export function Connection() {
  if (streamState.value !== "reconnecting") return null
  return (
    <p class="connection" role="status" title={t("shell.reconnecting-why")}>
      <Icon name="refresh" />
      {t("shell.reconnecting")}
    </p>
  )
}
