export function Help(_: { page: string }) {
  return <div />
}
