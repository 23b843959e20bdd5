import { t, tn } from "../../i18n"
import { duration, number } from "../../i18n/format"
import { runList } from "../../model/run-lists"
import { statics } from "../../model/statics"
import { Button } from "../../parts/Button"
import { Icon } from "../../parts/Icon"
import { navigate } from "../../router"
import { askToClear, ClearDialog } from "./clearing"
import { FileGrid } from "./FileGrid"
import { RunGrid } from "./RunGrid"
import { addressOf, type Show, type View } from "./view"

/** The list with what is above and below it. */
export function RunsPane({ view }: { view: View }) {
  return (
    <section class="runs" aria-label={t("runs.label")}>
      <Bar view={view} />
      {view.show === "files" ? <FileGrid slug={view.slug} isPaused={view.isPaused.value} /> : <RunGrid view={view} />}
      <Foot view={view} />
      <ClearDialog slug={view.slug} />
    </section>
  )
}

function Bar({ view }: { view: View }) {
  const failed = view.list.failed.value
  return (
    <div class="runs-bar">
      <div class="chips" role="group" aria-label={t("runs.show")}>
        <Chip view={view} show="all" label={t("runs.all")} />
        <Chip view={view} show="failed" label={t("runs.failed")} count={failed} />
        <Chip view={view} show="files" label={t("runs.files")} title={t("runs.files.hint")} />
      </div>
      <PauseButton view={view} />
    </div>
  )
}

interface ChipProps {
  view: View
  show: Show
  label: string
  count?: number
  title?: string
}

function Chip({ view, show, label, count = 0, title }: ChipProps) {
  return (
    <button
      type="button"
      class="chip"
      aria-pressed={view.show === show}
      title={title}
      onClick={() => navigate(addressOf(view, { show }), { replace: true })}
    >
      {label}
      {count > 0 && <span class="num">{number(count)}</span>}
    </button>
  )
}

function PauseButton({ view: { isPaused, list } }: { view: View }) {
  const waiting = list.waiting.value
  return (
    <button
      type="button"
      class={isPaused.value ? "live paused" : "live"}
      aria-pressed={isPaused.value}
      title={t(isPaused.value ? "runs.paused.hint" : "runs.live.hint")}
      onClick={() => (isPaused.value = !isPaused.value)}
    >
      {isPaused.value ? <Icon name="pause" /> : <i />}
      {t(isPaused.value ? "runs.paused" : "runs.live")}
      {isPaused.value && waiting > 0 && <span class="num">{tn("runs.new", waiting)}</span>}
    </button>
  )
}

function Foot({ view }: { view: View }) {
  if (view.show === "files") return <footer class="runs-foot num">{tn("runs.files.count", statics(view.slug).value.count)}</footer>
  const { total, failed, medianMs } = runList(view.slug)
  return (
    <footer class="runs-foot num">
      <span>{tn("runs.count", total.value)}</span>
      <span>{t("runs.failed_count", { n: failed.value })}</span>
      {medianMs.value !== null && <span>{t("runs.median", { time: duration(medianMs.value) })}</span>}
      <span class="grow" />
      {total.value > 0 && (
        <Button kind="ghost" size="small" icon="trash" title={t("runs.command.clear")} onClick={() => askToClear(view.slug)}>
          {t("runs.clear")}
        </Button>
      )}
    </footer>
  )
}
