import type { ComponentChildren } from "preact"
import { t } from "../../i18n"
import { problem } from "../../i18n/server-words"
import { site } from "../../model/sites"
import type { Site } from "../../model/types"
import { Address } from "../../parts/Address"
import { Banner } from "../../parts/Banner"
import { Button, LinkButton } from "../../parts/Button"
import { Menu } from "../../parts/Menu"
import { useCommands } from "../../parts/useCommands"
import { Words } from "../../parts/Words"
import { paths } from "../../router"
import { NoSuchSite } from "../NotFound"
import { siteActs } from "./acts"

type Tab = "runs" | "settings"

/** What the screens of one site have in common: its name, address and acts, its tabs, and what is wrong with it. */
export function SiteFrame({ slug, tab, children }: { slug: string; tab: Tab; children: ComponentChildren }) {
  const known = site(slug).value
  useCommands(() => Object.values(siteActs(slug)), [slug])
  if (known === undefined) return <NoSuchSite slug={slug} />
  return (
    <div class="site-frame">
      <Top site={known} />
      <Tabs slug={slug} tab={tab} />
      <div class="site-notes">{known.problem && <SiteProblem site={known} tab={tab} />}</div>
      {children}
    </div>
  )
}

function Top({ site }: { site: Site }) {
  const acts = siteActs(site.slug)
  const { start, folder } = acts
  return (
    <header class="top">
      <h1>{site.name}</h1>
      <Address site={site} hasDot />
      <span class="top-state">{site.state === "serving" ? "" : t(`state.${site.state}`)}</span>
      <div class="grow" />
      <Button kind="ghost" icon="folder" onClick={folder.run} title={site.folder}>
        {t("site.folder-short")}
      </Button>
      {start.isEnabled?.() && (
        <Button icon="play" onClick={start.run}>
          {start.title()}
        </Button>
      )}
      <Menu label={t("shell.more")} items={[acts.open, acts.copy, "line", acts.stop, acts.restart, "line", acts.forget]} />
    </header>
  )
}

/** Links, not tabs: each is a page with its address. */
function Tabs({ slug, tab }: { slug: string; tab: Tab }) {
  const to = { runs: paths.runs(slug), settings: paths.siteSettings(slug) }
  return (
    <nav class="tabs" aria-label={t("site.pages")}>
      {(["runs", "settings"] as const).map((one) => (
        <a key={one} href={to[one]} aria-current={one === tab ? "page" : undefined}>
          {t(`shell.${one}`)}
        </a>
      ))}
    </nav>
  )
}

export function SiteProblem({ site, tab }: { site: Site; tab?: Tab }) {
  if (site.problem === null) return null
  const words = problem(site.problem)
  const isDown = site.state === "problem"
  const acts = siteActs(site.slug)
  return (
    <Banner
      kind={isDown ? "bad" : "warn"}
      fix={<Words pieces={words.fix} />}
      acts={
        <>
          {isDown && (
            <Button size="small" icon="restart" onClick={acts.start.run}>
              {t("shell.try-again")}
            </Button>
          )}
          {tab !== "settings" && (
            <LinkButton size="small" kind="ghost" icon="settings" href={paths.siteSettings(site.slug)}>
              {t("shell.settings")}
            </LinkButton>
          )}
        </>
      }
    >
      <Words pieces={words.error} />
    </Banner>
  )
}
