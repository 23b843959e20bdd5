import { t } from "../i18n"
import type { Site } from "../model/types"

/** How a site fares: filled, ring, or red; never by its colour alone. */
export function Dot({ state }: { state: Site["state"] }) {
  return <span class={`dot ${state}`} role="img" aria-label={t(`state.${state}`)} title={t(`state.${state}`)} />
}
