import { t } from "../../../i18n"
import { size } from "../../../i18n/format"
import type { RunWhole, Text } from "../../../model/types"
import { Block } from "../../../parts/Block"
import { CopyButton } from "../../../parts/CopyButton"
import { KeyValues, type Row } from "../../../parts/KeyValues"
import { StreamBlock } from "../StreamBlock"
import { inline } from "../text"
import { Empty } from "./Empty"

/** What the script was given to work with. */
export function InputTab({ run, isRevealed }: { run: RunWhole; isRevealed: boolean }) {
  const fields = fieldRows(run.fields)
  const cookies = Object.entries(run.cookies).map(([name, value]) => ({ name, value: inline(value) }))
  const hasBody = run.stdin !== null && run.stdin !== ""
  if (fields.length + cookies.length + run.files.length === 0 && !hasBody) return <Empty>{t("input.none")}</Empty>
  return (
    <>
      <Rows title={t("input.query")} rows={fields} />
      {run.files.length > 0 && <Files files={run.files} />}
      <Rows title={t("input.cookies")} rows={cookies} />
      {hasBody && run.stdin !== null && (
        <StreamBlock title={t("input.body")} run={run.id} stream="stdin" text={run.stdin} whole={run.stdin_size} isRevealed={isRevealed} />
      )}
    </>
  )
}

/** A field that came more than once has a line for each value. */
function fieldRows(fields: Record<string, Text[]>): Row[] {
  return Object.entries(fields).flatMap(([name, values]) => values.map((value) => ({ name, value: inline(value) })))
}

function Rows({ title, rows }: { title: string; rows: Row[] }) {
  if (rows.length === 0) return null
  return (
    <Block title={title} acts={<CopyButton text={() => rows.map(({ name, value }) => `${name}=${value}`).join("\n")}>{t("shell.copy")}</CopyButton>}>
      <div class="frame">
        <KeyValues label={title} rows={rows} />
      </div>
    </Block>
  )
}

function Files({ files }: { files: RunWhole["files"] }) {
  return (
    <Block title={t("input.files")}>
      <div class="frame">
        <table class="listing">
          <thead>
            <tr>
              {(["name", "filename", "type", "size"] as const).map((column) => (
                <th scope="col" key={column}>
                  {t(`input.file.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {files.map((file, n) => (
              <tr key={n}>
                <td class="mono">{file.name}</td>
                <td class="mono">{file.filename}</td>
                <td class="mono">{file.type ?? "–"}</td>
                <td class="num">{size(file.size)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Block>
  )
}
