import { useLayoutEffect } from "preact/hooks"
import { t, tn } from "../../i18n"
import { site } from "../../model/sites"
import { OpenButton } from "../../parts/Address"
import { Button } from "../../parts/Button"
import { Icon } from "../../parts/Icon"
import { Trouble } from "../../parts/Notices"
import { VirtualList } from "../../parts/VirtualList"
import { isInList, moveTo, rowId, shownList } from "./moving"
import { RunRow } from "./RunRow"
import type { View } from "./view"

/** Runs, newest first (WAI-ARIA grid with one focusable row). */
export function RunGrid({ view }: { view: View }) {
  const { list, cursor, isPaused, isAtTop } = view
  const ids = list.ids.value
  const focusable = cursor.value !== null && ids.includes(cursor.value) ? cursor.value : (ids[0] ?? null)
  useLayoutEffect(() => {
    if (isInList() && focusable !== null) document.getElementById(rowId(focusable))?.focus({ preventScroll: true })
  }, [focusable])

  if (ids.length === 0) return <Nothing view={view} />
  const waiting = list.waiting.value
  const toTop = () => {
    list.hold(false)
    shownList.current?.toTop()
  }
  return (
    <div
      class="run-grid"
      role="grid"
      aria-label={t("runs.grid")}
      aria-rowcount={Math.max(view.show === "failed" ? list.failed.value : list.total.value, ids.length) + 1}
      onKeyDown={(event) => onKey(event, view, focusable)}
    >
      <Head />
      <VirtualList
        keys={ids}
        rowHeight={28}
        pinned={focusable}
        role="rowgroup"
        handle={shownList}
        onTop={(at) => (isAtTop.value = at)}
        onEnd={() => void list.loadMore()}
        row={(id, index, top) => <RunRow key={id} id={id} index={index} top={top} view={view} isFocusable={id === focusable} />}
      />
      {waiting > 0 && !isPaused.value && (
        <Button size="small" icon="arrowUp" class="runs-new" onClick={toTop}>
          {tn("runs.new", waiting)}
        </Button>
      )}
    </div>
  )
}

function Head() {
  return (
    <div class="run-head" role="rowgroup">
      <div class="run-line" role="row" aria-rowindex={1}>
        {(["status", "method", "script", "time", "when"] as const).map((name) => (
          <span role="columnheader" key={name}>
            {t(`runs.column.${name}`)}
          </span>
        ))}
      </div>
    </div>
  )
}

function Nothing({ view: { list, show, slug } }: { view: View }) {
  const error = list.error.value
  if (list.state.value === "failed" && error) {
    return (
      <div class="runs-nothing">
        <Trouble error={error} />
        <Button icon="restart" onClick={() => void list.refresh()}>
          {t("runs.again")}
        </Button>
      </div>
    )
  }
  if (list.state.value !== "ready") return <div class="runs-nothing" role="status" aria-busy="true" aria-label={t("runs.loading")} />
  if (show === "failed") {
    return (
      <div class="runs-nothing">
        <Icon name="circleCheck" />
        <p>{t("runs.empty.failed")}</p>
      </div>
    )
  }
  return <NoRuns slug={slug} />
}

function NoRuns({ slug }: { slug: string }) {
  const known = site(slug).value
  if (known?.state !== "serving" || known.url === null) return <p class="runs-nothing">{t("runs.empty.stopped")}</p>
  return (
    <div class="runs-nothing">
      <p>
        {t("runs.empty.before")} <code>{known.url}</code>
        {t("runs.empty.after")}
      </p>
      <OpenButton site={known} kind="primary">
        {t("run.open")}
      </OpenButton>
    </div>
  )
}

/** By pages and to the ends; single rows are commands. */
function onKey(event: KeyboardEvent, view: View, at: number | null): void {
  const ids = view.list.ids.peek()
  const now = at === null ? 0 : ids.indexOf(at)
  const page = shownList.current?.pageSize() ?? 10
  const to = { Home: 0, End: ids.length - 1, PageUp: now - page, PageDown: now + page }[event.key]
  if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return
  event.preventDefault()
  moveTo(view, to)
}
