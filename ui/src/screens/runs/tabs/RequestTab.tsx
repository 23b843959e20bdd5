import { t } from "../../../i18n"
import { meaningOfHeader } from "../../../meanings"
import type { Pairs, RunWhole } from "../../../model/types"
import { Block } from "../../../parts/Block"
import { CopyButton } from "../../../parts/CopyButton"
import { KeyValues, type Row } from "../../../parts/KeyValues"
import { inline } from "../text"

export function RequestTab({ run: { request } }: { run: RunWhole }) {
  const line = `${request.method} ${inline(request.target)} ${request.version ?? ""}`.trim()
  return (
    <>
      <Block title={t("request.line")} acts={<CopyButton text={line} label={t("shell.copy-what", { what: line })} />}>
        <div class="frame">
          <pre class="code">{line}</pre>
        </div>
      </Block>
      {request.headers.length === 0 ? (
        <p class="quiet">{t("request.none")}</p>
      ) : (
        <Block title={t("request.headers")} acts={<CopyButton text={() => headerText(request.headers)}>{t("shell.copy")}</CopyButton>}>
          <div class="frame">
            <KeyValues label={t("request.headers")} rows={headerRows(request.headers)} />
          </div>
        </Block>
      )}
    </>
  )
}

export function headerRows(headers: Pairs): Row[] {
  return headers.map(([name, value]) => ({ name, value: inline(value), meaning: meaningOfHeader(name) }))
}

export function headerText(headers: Pairs): string {
  return headers.map(([name, value]) => `${name}: ${inline(value)}`).join("\n")
}
