import type { Piece } from "../i18n/fill"

/** A sentence with its code spans: what `tp()`, `problem()` and `explanation()` answer. */
export function Words({ pieces }: { pieces: readonly Piece[] }) {
  return <>{pieces.map(({ text, isCode }) => (isCode ? <code>{text}</code> : text))}</>
}
