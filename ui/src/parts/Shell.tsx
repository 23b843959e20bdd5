import { useEffect, useRef } from "preact/hooks"
import { t } from "../i18n"
import { site, slugs } from "../model/sites"
import { route, type Route } from "../router"
import { Help } from "../screens/help/Help"
import { NotFound } from "../screens/NotFound"
import { RunsScreen } from "../screens/runs/RunsScreen"
import { Settings } from "../screens/settings/Settings"
import { ForgetDialog } from "../screens/site/forgetting"
import { SiteFrame } from "../screens/site/SiteFrame"
import { SiteSettings } from "../screens/site/SiteSettings"
import { AddFolderDialog } from "../screens/sites/addFolder"
import { Sites } from "../screens/sites/Sites"
import { LiveRegion } from "./announce"
import { CommandPalette } from "./CommandPalette"
import { KeySheet } from "./KeySheet"
import { Notices } from "./Notices"
import { programCommands, siteEntries } from "./programCommands"
import { Rail } from "./Rail"
import { Toasts } from "./Toasts"
import { useCommands } from "./useCommands"

/** Everything once somebody is let in: the rail, the screen of the address, and what lies over them. */
export function Shell() {
  useCommands(programCommands)
  useCommands(siteEntries, [slugs.value])
  const main = useFocusOnScreen()
  return (
    <div class="app">
      <a class="skip" href="#main">
        {t("shell.skip")}
      </a>
      <Rail />
      <main id="main" class="main" tabIndex={-1} ref={main}>
        <Notices />
        <Screen />
      </main>
      <CommandPalette />
      <KeySheet />
      <AddFolderDialog />
      <ForgetDialog />
      <Toasts />
      <LiveRegion />
    </div>
  )
}

function Screen() {
  const at = route.value
  switch (at.screen) {
    case "sites":
      return <Sites />
    case "runs":
      return (
        <SiteFrame slug={at.site} tab="runs" key={at.site}>
          <RunsScreen site={at.site} run={at.run} query={at.query} />
        </SiteFrame>
      )
    case "site-settings":
      return (
        <SiteFrame slug={at.site} tab="settings" key={at.site}>
          <SiteSettings slug={at.site} />
        </SiteFrame>
      )
    case "settings":
      return <Settings />
    case "help":
      return <Help page={at.page} />
    case "not-found":
      return <NotFound />
  }
}

/** Another screen is a page of its own: named in the title, and read from its beginning. */
function useFocusOnScreen() {
  const main = useRef<HTMLElement>(null)
  const isFirst = useRef(true)
  const at = route.value
  const where = `${at.screen} ${"site" in at ? at.site : ""}`
  const title = titleOf(at)
  useEffect(() => void (document.title = title), [title])
  useEffect(() => {
    const isInside = main.current?.contains(document.activeElement)
    if (!isFirst.current && !isInside) main.current?.focus({ preventScroll: true })
    isFirst.current = false
  }, [where])
  return main
}

function titleOf(at: Route): string {
  const name = "site" in at ? (site(at.site).value?.name ?? at.site) : null
  const screen = { sites: t("shell.sites"), runs: t("shell.runs"), "site-settings": t("shell.settings"), settings: t("shell.settings"), help: t("shell.help"), "not-found": t("not-found.title") }
  const run = at.screen === "runs" && at.run !== null ? `#${at.run}` : screen[at.screen]
  return [run, name, t("shell.name")].filter(Boolean).join(" · ")
}
