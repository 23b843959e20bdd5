import { t } from "../../i18n"
import { ago, duration, moment } from "../../i18n/format"
import { stopRun } from "../../model/run-lists"
import { byId } from "../../model/runs"
import { attempt } from "../../model/trouble"
import type { RunId, Summary } from "../../model/types"
import { navigate } from "../../router"
import { useElapsed } from "./elapsed"
import { rowId } from "./moving"
import { statusClass } from "./status"
import { tagWord } from "./tag"
import { readableTarget, targetParts } from "./target"
import { addressOf, choose, type View } from "./view"

interface RowProps {
  id: RunId
  index: number
  top: number
  view: View
  isFocusable: boolean
}

/** One line of the list.  Drawn from its run's signal: a run that ends while it is on screen redraws only its own line. */
export function RunRow({ id, index, top, view, isFocusable }: RowProps) {
  const run = byId(id).value
  if (!run) return null
  const { script, after } = targetParts(run.target, run.script)
  const tag = tagWord(run)
  return (
    <div
      id={rowId(id)}
      class={run.verdict === "failed" ? "run-line failed" : "run-line"}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={id === view.run}
      tabIndex={isFocusable ? 0 : -1}
      style={{ top: `${top}px` }}
      onClick={(event) => onClick(event, view, id)}
      onFocus={() => (view.cursor.value = id)}
    >
      <Status run={run} />
      <span role="gridcell" class="run-method">
        {run.method}
      </span>
      <span role="gridcell" class="run-script" title={`#${run.id}  ${run.target}`}>
        <a href={addressOf(view, { run: id })} tabIndex={-1}>
          {script}
        </a>
        <span class="run-rest">{readableTarget(after)}</span>
        {tag !== null && <span class="tag">{tag}</span>}
      </span>
      {run.is_running ? <Running run={run} /> : <Ended run={run} />}
    </div>
  )
}

function Status({ run }: { run: Summary }) {
  if (run.status !== null) {
    return (
      <span role="gridcell" class={`run-status ${statusClass(run.status)}`}>
        {run.status}
      </span>
    )
  }
  return (
    <span role="gridcell" class="run-status" aria-label={t(run.is_running ? "runs.running" : "runs.no-status")}>
      {run.is_running ? "···" : "–"}
    </span>
  )
}

function Ended({ run }: { run: Summary }) {
  return (
    <>
      <span role="gridcell" class="run-time num">
        {duration(run.total_ms)}
      </span>
      <span role="gridcell" class="run-when num" title={moment(run.started)}>
        {ago(run.started)}
      </span>
    </>
  )
}

/** A growing time, and after a second the way to end it. */
function Running({ run }: { run: Summary }) {
  const elapsed = useElapsed(run.started)
  return (
    <>
      <span role="gridcell" class="run-time num">
        {duration(elapsed)}
      </span>
      <span role="gridcell" class="run-when">
        {elapsed >= 1000 && (
          <button type="button" class="run-stop" title={t("runs.stop.hint")} onClick={(event) => (event.stopPropagation(), void attempt(stopRun(run.id)))}>
            {t("runs.stop")}
          </button>
        )}
      </span>
    </>
  )
}

/** The whole row is pressed; its link is there for a new tab and for copying the address. */
function onClick(event: MouseEvent, view: View, id: RunId): void {
  const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey
  if (!isPlain || window.getSelection()?.type === "Range") return
  event.preventDefault()
  if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus({ preventScroll: true })
  if (id === view.run) return
  if (view.run === null) choose(view, id)
  else navigate(addressOf(view, { run: id }))
}
