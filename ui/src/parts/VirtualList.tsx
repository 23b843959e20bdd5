import type { ComponentChildren, Ref } from "preact"
import { useImperativeHandle, useLayoutEffect, useRef, useState } from "preact/hooks"

export interface ListHandle {
  /** Scroll as little as needed, so that this row is seen whole. */
  show(index: number): void
  toTop(): void
  /** Rows that fit into the view: what a page is for PageDown. */
  pageSize(): number
}

interface VirtualListProps<K> {
  keys: readonly K[]
  rowHeight: number
  /** This row stays in the page while it is out of sight, so that it keeps the focus. */
  pinned: K | null
  /** `top` is where the row belongs, in pixels. */
  row: (key: K, index: number, top: number) => ComponentChildren
  handle?: Ref<ListHandle>
  onTop?: (isAtTop: boolean) => void
  /** The last rows come into sight. */
  onEnd?: () => void
  /** Attributes of the element that holds the rows. */
  role?: "rowgroup" | "list"
  class?: string
}

/** Rows beyond the edge, so that fast scrolling meets no blank. */
const SPARE = 12

/** Only the rows in sight are in the page; a hundred thousand scroll like a hundred. */
export function VirtualList<K extends string | number>(props: VirtualListProps<K>) {
  const { keys, rowHeight, pinned, row, handle, onTop, onEnd, role = "list", class: extra = "" } = props
  const scroller = useRef<HTMLDivElement>(null)
  const [range, setRange] = useState({ first: 0, last: 40 })
  const isAtTop = useRef(true)
  // Read when it changes, not when rows do: asking for it then would make the browser lay out the page at once.
  const view = useRef({ top: 0, height: 0 })

  const look = () => {
    const { top, height } = view.current
    const first = Math.max(0, Math.floor(top / rowHeight) - SPARE)
    const last = Math.ceil((top + height) / rowHeight) + SPARE
    if (first !== range.first || last !== range.last) setRange({ first, last })
    if (isAtTop.current !== top < rowHeight / 2) onTop?.((isAtTop.current = top < rowHeight / 2))
    if (last >= keys.length) onEnd?.()
  }
  const measure = () => {
    const { scrollTop: top = 0, clientHeight: height = 0 } = scroller.current ?? {}
    view.current = { top, height }
    look()
  }
  const measureNow = useRef(measure)
  measureNow.current = measure
  useLayoutEffect(() => {
    const observer = new ResizeObserver(() => measureNow.current())
    if (scroller.current) observer.observe(scroller.current)
    return () => observer.disconnect()
  }, [])
  useLayoutEffect(look, [keys.length])
  useImperativeHandle(handle ?? null, () => handleFor(scroller.current, rowHeight), [rowHeight])

  return (
    <div class={`virtual ${extra}`} ref={scroller} onScroll={measure}>
      <div role={role} style={{ height: `${keys.length * rowHeight}px` }}>
        {indexes(keys, range, pinned).map((index) => row(keys[index] as K, index, index * rowHeight))}
      </div>
    </div>
  )
}

function indexes<K>(keys: readonly K[], { first, last }: { first: number; last: number }, pinned: K | null): number[] {
  const inSight = keys.slice(first, last).map((_, n) => first + n)
  const kept = pinned === null ? -1 : keys.indexOf(pinned)
  if (kept < 0 || (kept >= first && kept < last)) return inSight
  return kept < first ? [kept, ...inSight] : [...inSight, kept]
}

function handleFor(scroller: HTMLElement | null, rowHeight: number): ListHandle {
  return {
    show(index) {
      if (!scroller) return
      const top = index * rowHeight
      if (top < scroller.scrollTop) scroller.scrollTop = top
      else if (top + rowHeight > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = top + rowHeight - scroller.clientHeight
    },
    toTop() {
      if (scroller) scroller.scrollTop = 0
    },
    pageSize: () => Math.max(1, Math.floor((scroller?.clientHeight ?? 0) / rowHeight) - 1),
  }
}
