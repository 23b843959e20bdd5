import { useState } from "preact/hooks"
import { t } from "../../i18n"
import { Button } from "../../parts/Button"
import type { ControlProps } from "./SettingControl"

/** Names and values that the person chooses: environment variables, interpreters.  Each entry is a change of its own. */
export function TableControl({ id, name, value, described, isWrong, onChange, example }: ControlProps & { example: readonly [string, string] }) {
  const entries = Object.entries((value ?? {}) as Record<string, string>)
  return (
    <div class="table-control" role="group" aria-labelledby={`${id}-name`} aria-describedby={described}>
      {entries.map(([entry, text]) => (
        <Entry key={`${entry}=${text}`} entry={entry} text={text} onChange={(to) => onChange({ [`${name}.${entry}`]: to })} />
      ))}
      <NewEntry id={id} example={example} isWrong={isWrong} onAdd={(entry, text) => onChange({ [`${name}.${entry}`]: text })} />
    </div>
  )
}

function Entry({ entry, text, onChange }: { entry: string; text: string; onChange: (to: string | null) => Promise<boolean> }) {
  const [typed, setTyped] = useState(text)
  const send = () => {
    if (typed !== text) void onChange(typed)
  }
  return (
    <div class="table-entry">
      <code>{entry}</code>
      <input
        class="field mono"
        aria-label={t("set.value-of", { name: entry })}
        spellcheck={false}
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onBlur={send}
        onKeyDown={(event) => event.key === "Enter" && send()}
      />
      <Button kind="ghost" icon="close" label={t("set.remove", { name: entry })} onClick={() => void onChange(null)} />
    </div>
  )
}

interface NewEntryProps {
  id: string
  example: readonly [string, string]
  isWrong: boolean
  onAdd: (entry: string, text: string) => Promise<boolean>
}

function NewEntry({ id, example, isWrong, onAdd }: NewEntryProps) {
  const [entry, setEntry] = useState("")
  const [text, setText] = useState("")
  const add = async (event: Event) => {
    event.preventDefault()
    if (entry.trim() === "" || !(await onAdd(entry.trim(), text))) return
    setEntry("")
    setText("")
  }
  return (
    <form class="table-entry" onSubmit={(event) => void add(event)}>
      <input class="field mono" id={id} aria-label={t("set.new-name")} placeholder={example[0]} spellcheck={false} aria-invalid={isWrong} value={entry} onInput={(event) => setEntry(event.currentTarget.value)} />
      <input class="field mono" aria-label={t("set.new-value")} placeholder={example[1]} spellcheck={false} value={text} onInput={(event) => setText(event.currentTarget.value)} />
      <Button type="submit" icon="plus" label={t("set.add")} disabled={entry.trim() === ""} />
    </form>
  )
}
