import type { ComponentChildren } from "preact"
import type { Command } from "../../commands"
import { t, tn } from "../../i18n"
import { ago, durationParts, list, number } from "../../i18n/format"
import { explanation } from "../../i18n/server-words"
import type { LastFailure, Site } from "../../model/types"
import { Activity } from "../../parts/Activity"
import { Address } from "../../parts/Address"
import { Button } from "../../parts/Button"
import { Dot } from "../../parts/Dot"
import { Icon } from "../../parts/Icon"
import { Menu } from "../../parts/Menu"
import { Words } from "../../parts/Words"
import { paths } from "../../router"
import { siteActs } from "../site/acts"
import { SiteProblem } from "../site/SiteFrame"

/** One site: where it is, what came today, and the last thing that went wrong. */
export function SiteCard({ site }: { site: Site }) {
  const acts = siteActs(site.slug)
  const items: (Command | "line")[] = [acts.open, acts.copy, acts.folder, "line", acts.start, acts.stop, acts.restart, "line", acts.settings, acts.forget]
  return (
    <section class="site-card" aria-labelledby={`site-${site.slug}`}>
      <header>
        <Dot state={site.state} />
        <h2 id={`site-${site.slug}`}>
          <a href={paths.runs(site.slug)}>{site.name}</a>
        </h2>
        {site.is_sample && <span class="badge">{t("sites.sample")}</span>}
        <Address site={site} />
        <div class="grow" />
        <Kinds site={site} />
        {(site.state === "stopped" || site.state === "starting") && (
          <Button size="small" icon="play" disabled={site.state === "starting"} onClick={acts.start.run}>
            {site.state === "starting" ? t("state.starting") : acts.start.title()}
          </Button>
        )}
        <Menu label={t("sites.more", { name: site.name })} items={items.map(withoutKey)} />
      </header>
      {site.problem && <SiteProblem site={site} />}
      {site.runs_today > 0 || site.last_failure ? <Stats site={site} /> : <p class="no-runs">{t(site.state === "serving" ? "sites.no-runs" : "sites.no-runs-stopped")}</p>}
      {site.last_failure && <LastFailed slug={site.slug} failure={site.last_failure} />}
    </section>
  )
}

// The keys are those of the site that is open, and a card is none.
function withoutKey(item: Command | "line"): Command | "line" {
  if (item === "line") return item
  const { keys: _, ...rest } = item
  return rest
}

export function Kinds({ site }: { site: Site }) {
  const scripts = tn("sites.scripts", site.scripts)
  return <span class="kinds num">{site.languages.length > 0 ? t("sites.kinds", { scripts, languages: list(site.languages) }) : scripts}</span>
}

function Stats({ site }: { site: Site }) {
  const median = durationParts(site.median_ms)
  return (
    <div class="stats">
      <dl class="num">
        <Figure name={t("sites.stat-runs")}>{number(site.runs_today)}</Figure>
        <Figure name={t("sites.stat-failed")} isBad={site.failed_today > 0}>
          {site.failed_today > 0 ? <a href={paths.runs(site.slug, null, { show: "failed" })}>{number(site.failed_today)}</a> : "0"}
        </Figure>
        <Figure name={t("sites.stat-median")}>
          {median.value} <small>{median.unit}</small>
        </Figure>
      </dl>
      <Activity slices={site.activity} label={tn("sites.activity", site.runs_today, { failed: site.failed_today })} />
    </div>
  )
}

function Figure({ name, isBad = false, children }: { name: string; isBad?: boolean; children: ComponentChildren }) {
  return (
    <div class={isBad ? "bad" : ""}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function LastFailed({ slug, failure }: { slug: string; failure: LastFailure }) {
  const title = failure.title_slug === null ? null : explanation(failure.title_slug, "title", failure.title_params)
  return (
    <a class="last-failed" href={paths.runs(slug, failure.id)}>
      <span class="pill bad">{failure.status ?? "–"}</span>
      <span class="last-what">
        <b>{failure.script.split("/").at(-1)}</b> {title ? <Words pieces={title} /> : t("sites.failed")}
      </span>
      <span class="last-when num">{ago(failure.started)}</span>
      <Icon name="chevronRight" />
    </a>
  )
}
