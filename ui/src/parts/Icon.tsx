import { h } from "preact"
import { icons, type IconName } from "./icons"

/** One icon.  Decoration beside a word: what it means is always said in text or by `aria-label`. */
export function Icon({ name, class: extra = "" }: { name: IconName; class?: string }) {
  return (
    <svg class={`icon ${extra}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {icons[name].map(([tag, attributes]) => h(tag, attributes))}
    </svg>
  )
}
