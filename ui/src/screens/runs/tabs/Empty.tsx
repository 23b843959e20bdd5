/** A tab with nothing in it says so in a sentence. */
export function Empty({ children, hint }: { children: string; hint?: string }) {
  return (
    <div class="tab-empty">
      <p>{children}</p>
      {hint !== undefined && <p class="quiet">{hint}</p>}
    </div>
  )
}
