import { useEffect, useState } from "preact/hooks"
import { t } from "../../../i18n"
import { hasPreview, previewAddress } from "../../../model/outputs"
import { ApiError } from "../../../model/rest"
import type { RunWhole } from "../../../model/types"
import { Block } from "../../../parts/Block"
import { CopyButton } from "../../../parts/CopyButton"
import { KeyValues } from "../../../parts/KeyValues"
import { StreamBlock } from "../StreamBlock"
import { inline } from "../text"
import { Empty } from "./Empty"
import { headerRows, headerText } from "./RequestTab"

type ViewName = "body" | "preview" | "raw"

/** Chosen once, kept while runs change: who looks at previews wants the next one too. */
let lastView: ViewName = "body"

/** What the script printed. */
export function OutputTab({ run, isRevealed }: { run: RunWhole; isRevealed: boolean }) {
  const [asked, setAsked] = useState(lastView)
  const { response, stdout } = run
  if (run.is_running || stdout === null) return <Empty>{t("stream.running")}</Empty>
  if (stdout === "") return <Empty {...(response?.is_replaced ? { hint: t("output.explained") } : {})}>{t("output.none")}</Empty>
  const views = viewsOf(run)
  const view = views.includes(asked) ? asked : (views[0] ?? "raw")
  return (
    <>
      <div class="chips" role="group" aria-label={t("output.view")}>
        {views.map((one) => (
          <button type="button" class="chip" key={one} aria-pressed={one === view} onClick={() => setAsked((lastView = one))}>
            {t(`output.${one}`)}
          </button>
        ))}
      </div>
      {response?.is_replaced && <p class="notice framed">{t("output.replaced")}</p>}
      <HeaderError error={response?.header_error ?? null} />
      {view === "body" && response && <Header headers={response.headers} />}
      {view === "body" && response?.body != null && <Body run={run} isRevealed={isRevealed} />}
      {view === "preview" && <Preview run={run.id} />}
      {view === "raw" && <StreamBlock title={t("output.raw")} run={run.id} stream="stdout" text={stdout} whole={run.stdout_size} isRevealed={isRevealed} />}
    </>
  )
}

/** Output that is no CGI answer has no header and no body: only what was printed. */
function viewsOf({ response }: RunWhole): ViewName[] {
  if (response?.body == null) return ["raw"]
  return hasPreview(response.content_type) && response.body !== "" ? ["body", "preview", "raw"] : ["body", "raw"]
}

function Body({ run, isRevealed }: { run: RunWhole; isRevealed: boolean }) {
  const body = run.response?.body ?? ""
  if (body === "") return <p class="quiet">{t("output.no-body")}</p>
  return <StreamBlock title={t("output.body")} run={run.id} stream="body" text={body} whole={run.response?.body_size ?? null} isRevealed={isRevealed} />
}

function Header({ headers }: { headers: NonNullable<RunWhole["response"]>["headers"] }) {
  if (headers.length === 0) return null
  return (
    <Block title={t("output.header")} hint={t("output.header.hint")} acts={<CopyButton text={() => headerText(headers)}>{t("shell.copy")}</CopyButton>}>
      <div class="frame">
        <KeyValues label={t("output.header")} rows={headerRows(headers)} />
      </div>
    </Block>
  )
}

function HeaderError({ error }: { error: NonNullable<RunWhole["response"]>["header_error"] }) {
  if (!error || inline(error.line) === "") return null
  return (
    <p class="notice framed">
      {t("output.header-line", { line: error.line_no })} <code>{inline(error.line)}</code>
    </p>
  )
}

/** What a browser makes of it, in a frame that can do nothing: no scripts, no origin, nothing from elsewhere. */
function Preview({ run }: { run: number }) {
  const [address, setAddress] = useState<string | null>(null)
  const [error, setError] = useState<ApiError | null>(null)
  useEffect(() => {
    let isCurrent = true
    setAddress(null)
    setError(null)
    previewAddress(run).then(
      (found) => isCurrent && setAddress(found),
      (thrown) => isCurrent && setError(thrown instanceof ApiError ? thrown : new ApiError(0, "unreachable", String(thrown), "")),
    )
    return () => void (isCurrent = false)
  }, [run])
  if (error) return <p class="notice framed">{t("output.preview.failed", { error: error.message })}</p>
  return (
    <Block title={t("output.preview")} hint={t("output.preview.note")}>
      <div class="frame preview">
        {address === null ? <p class="notice">{t("output.preview.wait")}</p> : <iframe src={address} sandbox="" title={t("output.preview.title")} referrerpolicy="no-referrer" />}
      </div>
    </Block>
  )
}
