/** Finding by a few letters: words that begin so come first, then letters in their order anywhere. */

/** Those that fit, the best first; all, in their own order, for nothing typed. */
export function search<T>(all: readonly T[], typed: string, nameOf: (one: T) => string): T[] {
  const wanted = typed.trim().toLowerCase()
  if (wanted === "") return [...all]
  return all
    .map((one) => ({ one, score: fit(nameOf(one).toLowerCase(), wanted) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ one }) => one)
}

/** 0: does not fit. */
function fit(name: string, wanted: string): number {
  if (name.startsWith(wanted)) return 4
  if (name.split(/[\s.·(（]+/).some((word) => word.startsWith(wanted))) return 3
  if (name.includes(wanted)) return 2
  return hasInOrder(name, wanted) ? 1 : 0
}

function hasInOrder(name: string, wanted: string): boolean {
  let from = 0
  return [...wanted.replace(/\s+/g, "")].every((letter) => {
    const at = name.indexOf(letter, from)
    from = at + 1
    return at >= 0
  })
}
