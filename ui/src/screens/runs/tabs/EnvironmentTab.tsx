import { useState } from "preact/hooks"
import { t } from "../../../i18n"
import { duration, size } from "../../../i18n/format"
import { phrase } from "../../../i18n/server-words"
import { isMetaVariable, meaningOfVariable } from "../../../meanings"
import type { RunWhole } from "../../../model/types"
import { Block } from "../../../parts/Block"
import { CopyButton } from "../../../parts/CopyButton"
import { Icon } from "../../../parts/Icon"
import { KeyValues, type Row } from "../../../parts/KeyValues"
import { Words } from "../../../parts/Words"
import { inline } from "../text"
import { Empty } from "./Empty"

/** How the process was started, and what it was told by its environment. */
export function EnvironmentTab({ run }: { run: RunWhole }) {
  const [words, setWords] = useState("")
  const all = Object.entries(run.meta_variables).map(([name, value]) => ({ name, value: inline(value), meaning: meaningOfVariable(name) }))
  if (all.length === 0) return <Empty>{t("environment.none")}</Empty>
  const found = all.filter(({ name, value }) => `${name}\n${value}`.toLowerCase().includes(words.trim().toLowerCase()))
  return (
    <>
      <Notes notes={run.notes} />
      <label class="filter">
        <Icon name="filter" />
        <input type="search" value={words} placeholder={t("environment.filter")} aria-label={t("environment.filter")} onInput={(event) => setWords(event.currentTarget.value)} />
      </label>
      {found.length === 0 && <p class="quiet">{t("environment.nothing", { words })}</p>}
      <Variables title={t("environment.meta")} hint={t("environment.meta.hint")} rows={found.filter(({ name }) => isMetaVariable(name))} />
      <Variables title={t("environment.other")} hint={t("environment.other.hint")} rows={found.filter(({ name }) => !isMetaVariable(name))} />
      {words === "" && <Call run={run} />}
    </>
  )
}

function Variables({ title, hint, rows }: { title: string; hint: string; rows: Row[] }) {
  if (rows.length === 0) return null
  return (
    <Block title={title} hint={hint} acts={<CopyButton text={() => rows.map(({ name, value }) => `${name}=${value}`).join("\n")}>{t("shell.copy")}</CopyButton>}>
      <div class="frame">
        <KeyValues label={title} rows={rows} />
      </div>
    </Block>
  )
}

function Call({ run }: { run: RunWhole }) {
  return (
    <Block title={t("environment.call")}>
      <div class="frame">
        <KeyValues label={t("environment.call")} rows={callRows(run)} />
      </div>
    </Block>
  )
}

function callRows({ program, argv, cwd, file, usage }: RunWhole): Row[] {
  const rows: [string, string | null][] = [
    [t("environment.program"), program === null ? null : inline(program)],
    [t("environment.arguments"), argv.length > 1 ? argv.slice(1).map(inline).join(" ") : null],
    [t("environment.cwd"), cwd === null ? null : inline(cwd)],
    [t("environment.file"), file && t("environment.file.value", { mode: file.mode ?? "?", size: size(file.size) })],
    [t("environment.first-line"), file?.shebang ? inline(file.shebang) : null],
    [t("environment.cpu"), usage && t("environment.cpu.value", { user: duration(usage.user_ms), system: duration(usage.system_ms) })],
    [t("environment.memory"), memory(usage)],
  ]
  return rows.filter((row): row is [string, string] => row[1] !== null).map(([name, value]) => ({ name, value }))
}

/** wait4 carries the gateway's own peak over exec, so a small script's is only known to be below it. */
function memory(usage: RunWhole["usage"]): string | null {
  if (!usage || usage.peak_kib === null) return null
  const peak = size(usage.peak_kib * 1024)
  return usage.peak_is_bound ? t("environment.memory.below", { size: peak }) : peak
}

function Notes({ notes }: { notes: RunWhole["notes"] }) {
  if (notes.length === 0) return null
  return (
    <Block title={t("environment.notes")}>
      <ul class="notes">
        {notes.map((note, n) => (
          <li key={n}>{noteWords(note)}</li>
        ))}
      </ul>
    </Block>
  )
}

function noteWords({ slug, params }: RunWhole["notes"][number]) {
  const words = phrase(`note.${slug}`, params) ?? phrase(slug, params)
  if (words) return <Words pieces={words} />
  return `${slug}: ${Object.values(params).map(String).join(", ")}`
}
