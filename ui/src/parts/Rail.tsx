import { useEffect, useState } from "preact/hooks"
import { command } from "../commands"
import { t, tn } from "../i18n"
import { shownKey } from "../keys"
import { sites } from "../model/sites"
import type { Site } from "../model/types"
import { here, paths, route } from "../router"
import { Button } from "./Button"
import { Connection } from "./Connection"
import { Dot } from "./Dot"
import { Icon } from "./Icon"
import type { IconName } from "./icons"
import { Mark } from "./Mark"

/** The way around: search, the sites, settings and help.  On a narrow screen it folds into a bar. */
export function Rail() {
  const [isOpen, setOpen] = useState(false)
  useEffect(() => setOpen(false), [here.value])
  return (
    <nav class={isOpen ? "rail open" : "rail"} aria-label={t("shell.menu")}>
      <div class="rail-head">
        <a class="brand" href={paths.sites()}>
          <Mark />
          {t("shell.name")}
        </a>
        <Button class="rail-toggle" kind="ghost" icon="menu" label={t("shell.menu")} expanded={isOpen} onClick={() => setOpen(!isOpen)} />
      </div>
      <Find />
      <div class="rail-body">
        <SitesHead />
        <ul class="ways">
          {sites.value.map((site) => (
            <li key={site.slug}>
              <SiteWay site={site} />
            </li>
          ))}
        </ul>
        <div class="grow" />
        <Connection />
        <ul class="ways">
          <Way to={paths.help()} icon="book" name={t("shell.help")} isHere={route.value.screen === "help"} />
          <Way to={paths.settings()} icon="settings" name={t("shell.settings")} isHere={route.value.screen === "settings"} />
        </ul>
      </div>
    </nav>
  )
}

function Find() {
  return (
    <button type="button" class="find" aria-haspopup="dialog" onClick={() => command("palette")?.run()}>
      <Icon name="search" />
      <span>{t("shell.search")}</span>
      <kbd aria-hidden="true">{shownKey("Ctrl+K")}</kbd>
    </button>
  )
}

function SitesHead() {
  const isHere = route.value.screen === "sites"
  const add = command("sites.add")
  return (
    <h2 class={isHere ? "rail-title here" : "rail-title"}>
      <a href={paths.sites()} aria-current={isHere ? "page" : undefined}>
        {t("shell.sites")}
      </a>
      {add && <Button kind="ghost" size="small" icon="plus" label={add.title()} onClick={add.run} />}
    </h2>
  )
}

function SiteWay({ site }: { site: Site }) {
  const at = route.value
  const isHere = "site" in at && at.site === site.slug
  const failed = site.failed_today
  return (
    <a href={paths.runs(site.slug)} aria-current={isHere ? "page" : undefined}>
      <Dot state={site.state} />
      <span class="way-name">{site.is_sample ? t("shell.sample", { name: site.name }) : site.name}</span>
      {failed > 0 && (
        <span class="way-count num" role="img" aria-label={tn("shell.failed", failed)} title={tn("shell.failed", failed)}>
          {failed > 999 ? "999+" : failed}
        </span>
      )}
    </a>
  )
}

function Way({ to, icon, name, isHere }: { to: string; icon: IconName; name: string; isHere: boolean }) {
  return (
    <li>
      <a href={to} aria-current={isHere ? "page" : undefined}>
        <Icon name={icon} />
        {name}
      </a>
    </li>
  )
}
