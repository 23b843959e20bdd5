import { t } from "../i18n"
import { LinkButton } from "../parts/Button"
import { paths } from "../router"

export function NotFound() {
  return <Nothing title={t("not-found.title")} why={t("not-found.why")} />
}

export function NoSuchSite({ slug }: { slug: string }) {
  return <Nothing title={t("not-found.site", { slug })} why={t("not-found.site-why")} />
}

function Nothing({ title, why }: { title: string; why: string }) {
  return (
    <div class="nothing">
      <h1>{title}</h1>
      <p>{why}</p>
      <LinkButton href={paths.sites()} icon="house">
        {t("not-found.go")}
      </LinkButton>
    </div>
  )
}
