import { phrase } from "../i18n/server-words"
import { t } from "../i18n"
import { dismissNotice, notices } from "../model/app"
import { ApiError } from "../model/rest"
import { trouble } from "../model/trouble"
import { Banner } from "./Banner"
import { Connection } from "./Connection"
import { Words } from "./Words"

/** Across the top of every screen: what a click could not do, and what everybody should know. */
export function Notices() {
  return (
    <div class="notices">
      <Connection />
      {trouble.value && <Trouble error={trouble.value} onDismiss={() => (trouble.value = null)} />}
      {notices.value.map((notice) => {
        const words = phrase(notice.slug, notice.params)
        if (words === null) return null
        return (
          <Banner kind="note" key={notice.slug} onDismiss={() => dismissNotice(notice)}>
            <Words pieces={words} />
          </Banner>
        )
      })}
    </div>
  )
}

/** What the API refused, with its way out. */
export function Trouble({ error, onDismiss }: { error: ApiError; onDismiss?: () => void }) {
  const isSilent = error.slug === "unreachable"
  return (
    <Banner kind="bad" fix={isSilent ? t("shell.no-answer-fix") : error.fix} onDismiss={onDismiss}>
      {isSilent ? t("shell.no-answer") : error.message}
    </Banner>
  )
}
