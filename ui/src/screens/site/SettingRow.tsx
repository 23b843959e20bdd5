import { useState } from "preact/hooks"
import { t, tp } from "../../i18n"
import { ApiError } from "../../model/rest"
import { changeSiteSettings } from "../../model/site-settings"
import type { Origin, Value } from "../../model/types"
import { announce } from "../../parts/announce"
import { Button } from "../../parts/Button"
import { FieldError } from "../../parts/FieldError"
import { Words } from "../../parts/Words"
import { KINDS, type SettingName } from "./setting-kinds"
import { SettingControl } from "./SettingControl"

interface RowProps {
  slug: string
  name: SettingName
  value: Value | undefined
  origin: Origin
}

/** One key: its name for people and in the file, what it means, its value, and the way back to what holds without it. */
export function SettingRow({ slug, name, value, origin }: RowProps) {
  const [error, setError] = useState<ApiError | null>(null)
  const id = `setting-${name}`
  const isSet = origin === "file" || origin === "database"

  const change = async (changes: Record<string, Value>): Promise<boolean> => {
    try {
      await changeSiteSettings(slug, changes)
      setError(null)
      announce(t("settings.saved", { name: t(`set.${name}`) }))
      return true
    } catch (problem) {
      if (!(problem instanceof ApiError)) throw problem
      setError(problem)
      return false
    }
  }

  return (
    <div class="setting">
      <div class="setting-about">
        <label for={id} id={`${id}-name`}>
          {t(`set.${name}`)}
        </label>
        <p id={`${id}-what`}>
          <Words pieces={tp(`set.${name}.what`)} />
        </p>
      </div>
      <div class="setting-value">
        <SettingControl
          id={id}
          kind={KINDS[name]}
          name={name}
          value={value}
          described={error ? `${id}-error ${id}-what` : `${id}-what`}
          isWrong={error !== null}
          onChange={change}
        />
        <FieldError id={`${id}-error`} error={error} />
        <div class="setting-origin">
          <code>{name}</code>
          <span>{t(`origin.${origin}`)}</span>
          {isSet && (
            <Button kind="ghost" size="small" icon="undo" title={t("settings.back-why")} onClick={() => void change({ [name]: null })}>
              {t("settings.back")}
            </Button>
          )}
        </div>
      </div>
    </div>
  )
}
