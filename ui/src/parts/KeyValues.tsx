import type { ComponentChildren } from "preact"
import { t } from "../i18n"
import { CopyButton } from "./CopyButton"

export interface Row {
  name: string
  value: string
  /** One line below the value: what the name means. */
  meaning?: string | null | undefined
  /** Shown in place of the value, which is still what is copied. */
  shown?: ComponentChildren
}

/** Names with their values, each to be copied. */
export function KeyValues({ rows, label }: { rows: Row[]; label: string }) {
  return (
    <table class="key-values" aria-label={label}>
      <tbody>
        {rows.map(({ name, value, meaning, shown }, n) => (
          <tr key={`${name} ${n}`}>
            <th scope="row">{name}</th>
            <td>
              <span class={value === "" ? "value empty" : "value"}>{shown ?? (value === "" ? t("environment.empty-value") : value)}</span>
              {meaning && <span class="meaning">{meaning}</span>}
            </td>
            <td class="key-values-copy">{value !== "" && <CopyButton text={value} label={t("run.copy.value", { name })} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
