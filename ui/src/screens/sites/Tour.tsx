import { signal } from "@preact/signals"
import type { ComponentChildren } from "preact"
import { t, tn, tp } from "../../i18n"
import { changeSettings } from "../../model/change-settings"
import { attempt } from "../../model/trouble"
import type { Site } from "../../model/types"
import { Address, OpenButton } from "../../parts/Address"
import { Button } from "../../parts/Button"
import { Dot } from "../../parts/Dot"
import { Icon } from "../../parts/Icon"
import { offerUndo } from "../../parts/Toasts"
import { Words } from "../../parts/Words"
import { navigate, paths } from "../../router"
import { siteActs } from "../site/acts"
import { SiteProblem } from "../site/SiteFrame"
import { Kinds } from "./SiteCard"

const GUESTBOOK = "/cgi-bin/guestbook.py"
/** The page whose form fails on purpose (app/sites/tour.py). */
const BROKEN = "/greeting.html"

/** Whether this page has shown the tour's runs: then the third step is next. */
const hasSeenRuns = signal(false)

/** The sample site, with three things to click. */
export function Tour({ site }: { site: Site }) {
  const hasSigned = site.runs_today > site.failed_today
  const next = !hasSigned ? 1 : hasSeenRuns.value ? 3 : 2
  return (
    <section class="site-card tour" aria-labelledby="tour">
      <header>
        <Dot state={site.state} />
        <h2 id="tour">
          <a href={paths.runs(site.slug)}>{site.name}</a>
        </h2>
        <span class="badge">{t("sites.sample")}</span>
        <Address site={site} />
        <div class="grow" />
        {site.state === "stopped" && (
          <Button size="small" icon="play" onClick={siteActs(site.slug).start.run}>
            {t("site.start")}
          </Button>
        )}
        <Button kind="ghost" size="small" onClick={() => void hide()}>
          {t("tour.hide")}
        </Button>
      </header>
      {site.problem && <SiteProblem site={site} />}
      <ol class="steps">
        <Step number={1} next={next} title={t("tour.sign")} what={<Words pieces={tp("tour.sign-what")} />}>
          <OpenButton site={site} path={GUESTBOOK} kind={next === 1 ? "primary" : "plain"}>
            {t("tour.sign-do")}
          </OpenButton>
        </Step>
        <Step number={2} next={next} title={t("tour.see")} what={t("tour.see-what")}>
          <Button icon="list" kind={next === 2 ? "primary" : "plain"} onClick={() => seeRuns(site.slug)}>
            {t("tour.see-do")}
          </Button>
        </Step>
        <Step number={3} next={next} title={t("tour.break")} what={t("tour.break-what")}>
          <OpenButton site={site} path={BROKEN} icon="hammer" kind={next === 3 ? "primary" : "plain"}>
            {t("tour.break-do")}
          </OpenButton>
        </Step>
      </ol>
      <footer>
        <Kinds site={site} />
        <Failed site={site} />
      </footer>
    </section>
  )
}

interface StepProps {
  number: number
  next: number
  title: string
  what: ComponentChildren
  children: ComponentChildren
}

/** Its words stay; only its mark says whether it is done, next, or later. */
function Step({ number, next, title, what, children }: StepProps) {
  return (
    <li class={number === next ? "step next" : number < next ? "step done" : "step"} aria-current={number === next ? "step" : undefined}>
      <span class="step-mark num" aria-hidden="true">
        {number < next ? <Icon name="check" /> : number}
      </span>
      <div>
        <h3>{title}</h3>
        <p>{what}</p>
        {children}
      </div>
    </li>
  )
}

/** The run that failed at the first start is there to be looked at. */
function Failed({ site }: { site: Site }) {
  const { failed_today: failed, last_failure: last } = site
  if (failed === 0 || last === null) return null
  return (
    <span class="num">
      <a class="bad" href={failed === 1 ? paths.runs(site.slug, last.id) : paths.runs(site.slug, null, { show: "failed" })}>
        {tn("tour.failed", failed)}
      </a>
      {failed === 1 && t("tour.on-purpose")}
    </span>
  )
}

function seeRuns(slug: string): void {
  hasSeenRuns.value = true
  navigate(paths.runs(slug))
}

async function hide(): Promise<void> {
  if (!(await attempt(changeSettings({ tour_hidden: true })))) return
  offerUndo(t("tour.hidden"), () => void attempt(changeSettings({ tour_hidden: false })))
}
