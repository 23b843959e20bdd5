import type { ComponentChildren } from "preact"
import { t } from "../i18n"
import { Button } from "./Button"
import { Icon } from "./Icon"

interface BannerProps {
  kind: "bad" | "warn" | "note"
  /** What is wrong or new, and below it the way out. */
  children: ComponentChildren
  fix?: ComponentChildren
  acts?: ComponentChildren
  onDismiss?: (() => void) | undefined
}

/** Something to know, at the place that it is about. */
export function Banner({ kind, children, fix, acts, onDismiss }: BannerProps) {
  return (
    <div class={`banner ${kind}`} role={kind === "bad" ? "alert" : "status"}>
      <Icon name={kind === "bad" ? "circleAlert" : kind === "warn" ? "warning" : "info"} />
      <div class="banner-text">
        <p>{children}</p>
        {fix && <p class="banner-fix">{fix}</p>}
      </div>
      {acts}
      {onDismiss && <Button kind="ghost" size="small" icon="close" label={t("shell.dismiss")} onClick={onDismiss} />}
    </div>
  )
}
