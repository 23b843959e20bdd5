/** The class of a status, for its colour: s2 … s5. */
export function statusClass(status: number | null): string {
  return status === null ? "" : `s${Math.floor(status / 100)}`
}
