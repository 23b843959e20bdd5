/** What is said to a screen reader and not shown. */
import { signal } from "@preact/signals"

const said = signal("")

/** Politely: after what is being read. */
export function announce(text: string): void {
  // The same words twice are only read again when the region changes.
  said.value = said.peek() === text ? `${text}\u00a0` : text
}

export function LiveRegion() {
  return (
    <p class="unseen" role="status">
      {said.value}
    </p>
  )
}
