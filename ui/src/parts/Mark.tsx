/** The gatehouse. */
export function Mark() {
  return (
    <svg class="mark-gate" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d="M2 18V4h3v2.2h2.6V4h4.8v2.2H15V4h3v14h-5v-4.2a3 3 0 0 0-6 0V18z" />
    </svg>
  )
}
