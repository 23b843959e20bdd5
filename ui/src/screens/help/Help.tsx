import { signal } from "@preact/signals"
import { useEffect } from "preact/hooks"
import { command } from "../../commands"
import { t } from "../../i18n"
import { language } from "../../model/settings"
import { Button } from "../../parts/Button"
import { Markdown } from "../../parts/Markdown"
import { paths } from "../../router"
import type { Page } from "./pages"

type Pages = (language: string) => Page[]

/** The manual and what reads it come in a file of their own, when the first page is opened. */
const pagesOf = signal<Pages | null>(null)

/** The manual: app/help, one page at an address. */
export function Help({ page }: { page: string }) {
  useEffect(() => void import("./pages").then((all) => (pagesOf.value = all.pages)), [])
  useEffect(scrollToAnchor, [page, pagesOf.value])
  if (pagesOf.value === null) return <div class="scroll" aria-busy="true" />
  const all = pagesOf.value(language.value)
  const shown = all.find((one) => one.name === page)
  return (
    <div class="help">
      <header class="top">
        <h1>{t("shell.help")}</h1>
        <div class="grow" />
        <Button kind="ghost" icon="keyboard" keyName="?" onClick={() => command("keys")?.run()}>
          {t("keys.title")}
        </Button>
      </header>
      <div class="help-body">
        {all.length > 0 && <Contents all={all} page={page} />}
        <div class="help-page scroll" tabIndex={0} role="region" aria-label={shown?.title ?? t("shell.help")} key={page}>
          {shown ? (
            <article class="manual" lang={shown.language}>
              {shown.language !== language.value && <p class="hint">{t("help.other-language")}</p>}
              <Markdown tokens={shown.tokens} />
            </article>
          ) : (
            <p class="manual">{t(all.length === 0 ? "help.empty" : "help.no-page")}</p>
          )}
        </div>
      </div>
    </div>
  )
}

function Contents({ all, page }: { all: Page[]; page: string }) {
  return (
    <nav class="help-contents" aria-label={t("help.contents")}>
      <ul>
        {all.map((one) => (
          <li key={one.name}>
            <a href={paths.help(one.name)} aria-current={one.name === page ? "page" : undefined} lang={one.language}>
              {one.title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** A link from elsewhere may lead to a heading ("/help/sites#limits"), which is there only now. */
function scrollToAnchor(): void {
  const id = decodeURIComponent(location.hash.slice(1))
  if (id !== "") document.getElementById(id)?.scrollIntoView?.()
}
