export function SiteSettings(_: { slug: string }) {
  return <div />
}
