import { useEffect, useState } from "preact/hooks"
import { t } from "../../i18n"
import type { Key } from "../../i18n"
import type { Value } from "../../model/types"
import { Switch } from "../../parts/Switch"
import { asText, fromText, type Kind } from "./setting-kinds"
import { TableControl } from "./TableControl"

export interface ControlProps {
  id: string
  kind: Kind
  name: string
  value: Value | undefined
  /** Ids of what describes it. */
  described: string
  isWrong: boolean
  /** Dotted names → values; answers whether it was taken. */
  onChange: (changes: Record<string, Value>) => Promise<boolean>
}

export function SettingControl(props: ControlProps) {
  const { id, kind, name, value, described, onChange } = props
  switch (kind.kind) {
    case "yes-no":
      return <Switch id={id} isOn={value === true} labelledBy={`${id}-name`} describedBy={described} onChange={(on) => void onChange({ [name]: on })} />
    case "choice":
      return (
        <select class="field" id={id} aria-describedby={described} value={asText(value)} onChange={(event) => void onChange({ [name]: event.currentTarget.value })}>
          {kind.of.map((one) => (
            <option key={one} value={one}>
              {t(`set.${name}.${one}` as Key)}
            </option>
          ))}
        </select>
      )
    case "table":
      return <TableControl {...props} example={kind.example} />
    default:
      return <TextControl {...props} />
  }
}

/** Sent with Enter or when the field is left; Escape puts back what holds. */
function TextControl({ id, kind, name, value, described, isWrong, onChange }: ControlProps) {
  const now = asText(value)
  const [text, setText] = useState(now)
  useEffect(() => setText(now), [now])
  const send = () => {
    if (text.trim() !== now) void onChange({ [name]: fromText(kind, text) })
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Enter" && !event.isComposing) send()
    else if (event.key === "Escape") setText(now)
  }
  const isNumber = kind.kind === "number"
  return (
    <span class={isNumber ? "field-unit" : ""}>
      <input
        class={kind.kind === "text" && name === "name" ? "field" : "field mono"}
        id={id}
        type="text"
        inputMode={isNumber ? "decimal" : "text"}
        autocomplete="off"
        spellcheck={false}
        placeholder={isNumber && kind.empty ? t(`set.empty-${kind.empty}`) : ""}
        aria-describedby={described}
        aria-invalid={isWrong}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onBlur={send}
        onKeyDown={onKey}
      />
      {isNumber && kind.unit && <span class="unit">{kind.unit}</span>}
    </span>
  )
}
