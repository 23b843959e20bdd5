import { t } from "../i18n"

const HEIGHT = 34
const LEAST = 2

/** How many runs came, slice by slice, and how many of these failed (the red part). */
export function Activity({ slices, label }: { slices: readonly [runs: number, failed: number][]; label: string }) {
  const most = Math.max(1, ...slices.map(([runs]) => runs))
  const high = (count: number) => (count === 0 ? 0 : Math.max(LEAST, Math.round((count / most) * HEIGHT)))
  return (
    <figure class="activity">
      <svg viewBox={`0 0 ${slices.length * 4 - 1} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
        {slices.map(([runs, failed], n) => (
          <>
            <Bar at={n} high={Math.max(LEAST, high(runs))} />
            {failed > 0 && <Bar at={n} high={Math.max(5, high(failed))} isFailed />}
          </>
        ))}
      </svg>
      <figcaption class="num" aria-hidden="true">
        <span>{t("activity.midnight")}</span>
        <span>{t("activity.now")}</span>
      </figcaption>
    </figure>
  )
}

function Bar({ at, high, isFailed = false }: { at: number; high: number; isFailed?: boolean }) {
  return <rect class={isFailed ? "failed" : ""} x={at * 4} y={HEIGHT - high} width="3" height={high} rx="1" />
}
