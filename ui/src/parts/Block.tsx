import type { ComponentChildren } from "preact"
import { useId } from "preact/hooks"

interface BlockProps {
  title: string
  /** Behind the title, quiet. */
  hint?: ComponentChildren
  /** At the right end of the title's line. */
  acts?: ComponentChildren
  children: ComponentChildren
}

/** A part of a tab: a heading, and a frame with what it names. */
export function Block({ title, hint, acts, children }: BlockProps) {
  const id = useId()
  return (
    <section class="block" aria-labelledby={id}>
      <div class="block-head">
        <h3 id={id}>{title}</h3>
        {hint !== undefined && <span class="block-hint">{hint}</span>}
        <span class="grow" />
        {acts}
      </div>
      {children}
    </section>
  )
}
