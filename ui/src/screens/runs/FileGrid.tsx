import { useEffect, useState } from "preact/hooks"
import { t } from "../../i18n"
import { ago, duration, moment, size } from "../../i18n/format"
import { watchStatic } from "../../model/app"
import { readStatics, statics } from "../../model/statics"
import { attempt } from "../../model/trouble"
import type { StaticRequest } from "../../model/types"
import { VirtualList } from "../../parts/VirtualList"
import { readableTarget } from "./target"
import { statusClass } from "./status"

/** Requests for plain files.  They are counted always, and listed only while somebody looks: here. */
export function FileGrid({ slug, isPaused }: { slug: string; isPaused: boolean }) {
  useEffect(() => {
    watchStatic(slug)
    void attempt(readStatics(slug))
    return () => watchStatic(null)
  }, [slug])
  const items = useStill(statics(slug).value.items, isPaused)
  if (items.length === 0) return <p class="runs-nothing">{t("runs.empty.files")}</p>
  return (
    <div class="run-grid files" role="table" aria-label={t("runs.files")} aria-rowcount={items.length + 1}>
      <div class="run-head" role="rowgroup">
        <div class="run-line" role="row" aria-rowindex={1}>
          {(["status", "method", "file", "size", "when"] as const).map((name) => (
            <span role="columnheader" key={name}>
              {t(`runs.column.${name}`)}
            </span>
          ))}
        </div>
      </div>
      <VirtualList
        keys={items.map((_, n) => n)}
        rowHeight={28}
        pinned={null}
        role="rowgroup"
        row={(_, index, top) => <FileRow key={index} file={items[index]} index={index} top={top} />}
      />
    </div>
  )
}

function FileRow({ file, index, top }: { file: StaticRequest | undefined; index: number; top: number }) {
  if (!file) return null
  return (
    <div class="run-line" role="row" aria-rowindex={index + 2} style={{ top: `${top}px` }}>
      <span role="cell" class={`run-status ${statusClass(file.status)}`}>
        {file.status}
      </span>
      <span role="cell" class="run-method">
        {file.method}
      </span>
      <span role="cell" class="run-script" title={file.target}>
        <span>{readableTarget(file.target)}</span>
      </span>
      <span role="cell" class="run-time num" title={duration(file.total_ms ?? null)}>
        {size(file.size ?? null)}
      </span>
      <span role="cell" class="run-when num" title={moment(file.started)}>
        {ago(file.started)}
      </span>
    </div>
  )
}

/** What was there when the list was paused, as long as it is. */
function useStill<T>(now: T, isPaused: boolean): T {
  const [still, setStill] = useState(now)
  useEffect(() => setStill(now), [isPaused])
  return isPaused ? still : now
}
