import { t } from "../i18n"
import type { ApiError } from "../model/rest"
import { Icon } from "./Icon"

/** What is wrong with what a field holds, below it; the field points here by `aria-describedby`. */
export function FieldError({ id, error }: { id: string; error: ApiError | null }) {
  if (error === null) return null
  const isSilent = error.slug === "unreachable"
  return (
    <div class="field-error" id={id} role="alert">
      <Icon name="circleAlert" />
      <p>
        <b>{isSilent ? t("shell.no-answer") : error.message}</b> {isSilent ? t("shell.no-answer-fix") : error.fix}
      </p>
    </div>
  )
}
