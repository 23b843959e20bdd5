import type { ComponentChildren } from "preact"
import { useId, useLayoutEffect, useRef } from "preact/hooks"

export interface Tab<Name extends string> {
  name: Name
  label: string
  /** Behind the label: a count, or "empty". */
  count?: string | undefined
}

interface TabsProps<Name extends string> {
  label: string
  tabs: Tab<Name>[]
  chosen: Name
  onChoose: (name: Name) => void
  /** What the chosen tab shows. */
  children: ComponentChildren
}

/** Tabs and their panel (WAI-ARIA tabs): arrows, Home and End choose; Tab goes on into the panel. */
export function Tabs<Name extends string>({ label, tabs, chosen, onChoose, children }: TabsProps<Name>) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView?.({ block: "nearest", inline: "nearest" })
  }, [chosen])
  const onKey = (event: KeyboardEvent) => {
    const now = tabs.findIndex((tab) => tab.name === chosen)
    const to = { ArrowLeft: now - 1, ArrowRight: now + 1, Home: 0, End: -1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    const next = tabs.at(to % tabs.length)
    if (!next) return
    onChoose(next.name)
    list.current?.querySelector<HTMLElement>(`[data-name="${next.name}"]`)?.focus()
  }

  return (
    <>
      <div class="tabs" role="tablist" aria-label={label} ref={list} onKeyDown={onKey}>
        {tabs.map((tab) => (
          <button
            type="button"
            role="tab"
            key={tab.name}
            id={`${id}-${tab.name}`}
            data-name={tab.name}
            aria-selected={tab.name === chosen}
            aria-controls={`${id}-panel`}
            tabIndex={tab.name === chosen ? 0 : -1}
            onClick={() => onChoose(tab.name)}
          >
            {tab.label}
            {tab.count !== undefined && <span class="count num">{tab.count}</span>}
          </button>
        ))}
      </div>
      {/* It scrolls, so it has to be reached by keyboard too. */}
      <div class="tab-panel" role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${chosen}`} tabIndex={0} key={chosen}>
        {children}
      </div>
    </>
  )
}
