import { t } from "../../i18n"
import { duration, durationParts } from "../../i18n/format"
import type { RunWhole } from "../../model/types"
import { phases, type Phase } from "./phases"

/** Where the time went, drawn to scale, and in words beside it. */
export function TimingBar({ timings }: { timings: RunWhole["timings_ms"] }) {
  const parts = phases(timings)
  if (parts.length === 0) return null
  const whole = parts.reduce((sum, { ms }) => sum + ms, 0)
  return (
    <span class="timing">
      <span class="timing-bar" role="img" aria-label={t("phase.bar", { parts: words(parts, duration) })}>
        {parts.map(({ name, ms }) => (
          <i key={name} class={name} style={{ flexGrow: (ms / whole) * 100 }} title={`${t(`phase.${name}`)} ${duration(ms)}: ${t(`phase.${name}.meaning`)}`} />
        ))}
      </span>
      <span class="timing-words">{words(parts, parts.every(isShort) ? (ms) => durationParts(ms).value : duration)}</span>
    </span>
  )
}

/** Milliseconds all: the whole beside it says so once. */
function isShort({ ms }: Phase): boolean {
  return durationParts(ms).unit === "ms"
}

function words(parts: Phase[], time: (ms: number) => string): string {
  return parts.map(({ name, ms }) => `${t(`phase.${name}`)} ${time(ms)}`).join(" · ")
}
