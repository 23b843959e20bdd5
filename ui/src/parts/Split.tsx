import type { ComponentChildren } from "preact"
import { useRef, useState } from "preact/hooks"

interface SplitProps {
  /** Names the divider for screen readers. */
  label: string
  /** Under which the width is remembered in this browser. */
  name: string
  start: number
  least: number
  first: ComponentChildren
  second: ComponentChildren
}

/** Two panes and a divider, to be dragged or moved by arrow keys; a double click puts it back (WAI-ARIA window splitter). */
export function Split({ label, name, start, least, first, second }: SplitProps) {
  const [width, setWidth] = useState(() => remembered(name) ?? start)
  const place = useRef<HTMLDivElement>(null)
  const most = () => Math.max(least, (place.current?.clientWidth ?? 1200) - 420)
  const move = (to: number) => {
    const fitting = Math.round(Math.min(Math.max(to, least), most()))
    setWidth(fitting)
    remember(name, fitting)
  }
  const onKey = (event: KeyboardEvent) => {
    const to = { ArrowLeft: width - 16, ArrowRight: width + 16, Home: least, End: most() }[event.key]
    if (to === undefined) return
    event.preventDefault()
    move(to)
  }
  const onPress = (event: PointerEvent) => {
    const divider = event.currentTarget as HTMLElement
    const from = event.clientX - width
    const onMove = (at: PointerEvent) => move(at.clientX - from)
    divider.setPointerCapture(event.pointerId)
    divider.addEventListener("pointermove", onMove)
    divider.addEventListener("lostpointercapture", () => divider.removeEventListener("pointermove", onMove), { once: true })
  }

  return (
    <div class="split" ref={place} style={{ "--first": `${width}px` }}>
      {first}
      <div
        class="split-divider"
        role="separator"
        aria-orientation="vertical"
        aria-label={label}
        aria-valuenow={width}
        aria-valuemin={least}
        aria-valuemax={most()}
        tabIndex={0}
        onKeyDown={onKey}
        onPointerDown={onPress}
        onDblClick={() => move(start)}
      />
      {second}
    </div>
  )
}

function remembered(name: string): number | null {
  try {
    const kept = Number(window.localStorage?.getItem(`gatehouse-${name}`) ?? "")
    return kept > 0 ? kept : null
  } catch {
    return null
  }
}

function remember(name: string, width: number): void {
  try {
    window.localStorage?.setItem(`gatehouse-${name}`, String(width))
  } catch {
    // No storage: the width lasts as long as the page.
  }
}
