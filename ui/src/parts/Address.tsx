import { t } from "../i18n"
import { openInBrowser } from "../model/desktop"
import { isNativeWindow } from "../model/session"
import { attempt } from "../model/trouble"
import type { Site } from "../model/types"
import { Button, LinkButton } from "./Button"
import { CopyButton } from "./CopyButton"
import { Dot } from "./Dot"
import type { IconName } from "./icons"

/** Where a site is: its address to copy and to open. */
export function Address({ site, hasDot = false }: { site: Site; hasDot?: boolean }) {
  const isServing = site.state === "serving" && site.url !== null
  return (
    <div class={isServing ? "address" : "address off"}>
      {hasDot && <Dot state={site.state} />}
      <span class="mono">{site.url === null ? t("sites.no-port") : site.url.replace(/^https?:\/\/|\/$/g, "")}</span>
      {site.url !== null && <CopyButton text={site.url} label={t("sites.copy-address")} />}
      {isServing && <OpenButton site={site} label={t("sites.open")} />}
    </div>
  )
}

interface OpenProps {
  site: Site
  /** Within the site; begins with "/". */
  path?: string
  kind?: "plain" | "primary" | "ghost"
  icon?: IconName
  label?: string
  children?: string
}

/** Opens a page of a site in the person's browser: from our own window by way of the server, which never shows a site itself. */
export function OpenButton({ site, path = "/", kind = "ghost", icon = "externalLink", label, children }: OpenProps) {
  const look = { icon, size: label === undefined ? "normal" : "small", kind, ...(label === undefined ? {} : { label }) } as const
  if (isNativeWindow.value || site.url === null || site.state !== "serving") {
    return (
      <Button {...look} disabled={site.state !== "serving"} onClick={() => void attempt(openInBrowser(site.slug, path))}>
        {children}
      </Button>
    )
  }
  return (
    <LinkButton {...look} href={new URL(path, site.url).href} newTab>
      {children}
    </LinkButton>
  )
}
