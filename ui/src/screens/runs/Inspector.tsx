import { useRef } from "preact/hooks"
import { t } from "../../i18n"
import { shownKey } from "../../keys"
import { readAgain, whole } from "../../model/run-whole"
import type { RunWhole } from "../../model/types"
import { Button, LinkButton } from "../../parts/Button"
import { Trouble } from "../../parts/Notices"
import { Tabs } from "../../parts/Tabs"
import { navigate } from "../../router"
import { InspectorHead } from "./InspectorHead"
import { shownTab, tabsOf, type TabName } from "./shownTabs"
import { countOf, labelOf } from "./tabLabels"
import { EnvironmentTab } from "./tabs/EnvironmentTab"
import { ErrorTab } from "./tabs/ErrorTab"
import { InputTab } from "./tabs/InputTab"
import { OutputTab } from "./tabs/OutputTab"
import { RequestTab } from "./tabs/RequestTab"
import { StderrTab } from "./tabs/StderrTab"
import { addressOf, isNarrow, type View } from "./view"

/** All of one run. */
export function Inspector({ view }: { view: View }) {
  return (
    <section class="inspector" aria-label={view.run === null ? t("run.none") : t("run.label", { id: `#${view.run}` })}>
      {isNarrow.value && (
        <div class="inspector-back">
          <LinkButton kind="ghost" size="small" icon="list" href={addressOf(view, { run: null })}>
            {t("run.back")}
          </LinkButton>
        </div>
      )}
      {view.run === null ? <NoRun view={view} /> : <Chosen view={view} id={view.run} />}
    </section>
  )
}

function NoRun({ view: { list } }: { view: View }) {
  // An empty list says itself how its first run comes.
  if (list.ids.value.length === 0) return null
  return (
    <div class="inspector-nothing">
      <p>{t("run.none")}</p>
      <p class="quiet">{t("run.none.keys", { next: shownKey("J"), previous: shownKey("K"), failure: shownKey("F") })}</p>
    </div>
  )
}

function Chosen({ view, id }: { view: View; id: number }) {
  const { run, error } = whole(id, view.isRevealed.value).value
  // While the next run is read, which takes a moment, the last one stays: moving through rows does not flicker.
  const last = useRef<RunWhole | null>(null)
  if (run) last.current = run
  if (error && !run) {
    return (
      <div class="inspector-nothing">
        {error.status === 404 ? <Gone id={id} /> : <Trouble error={error} />}
        {error.status !== 404 && (
          <Button icon="restart" onClick={() => readAgain(id, view.isRevealed.peek())}>
            {t("run.again")}
          </Button>
        )}
      </div>
    )
  }
  const shown = run ?? last.current
  if (!shown) return <div class="inspector-nothing" role="status" aria-busy="true" aria-label={t("run.loading")} />
  return <Run view={view} run={shown} />
}

function Gone({ id }: { id: number }) {
  return (
    <>
      <p>{t("run.gone", { id: `#${id}` })}</p>
      <p class="quiet">{t("run.gone.why")}</p>
    </>
  )
}

function Run({ view, run }: { view: View; run: RunWhole }) {
  const tab = shownTab(run, view.tab)
  return (
    <>
      <InspectorHead view={view} run={run} />
      <Tabs
        label={t("tab.list")}
        tabs={tabsOf(run).map((name) => ({ name, label: labelOf(name, run), count: countOf(name, run) }))}
        chosen={tab}
        onChoose={(name) => navigate(addressOf(view, { tab: name }), { replace: true })}
      >
        <Content tab={tab} run={run} isRevealed={view.isRevealed.value} key={run.id} />
      </Tabs>
    </>
  )
}

function Content({ tab, run, isRevealed }: { tab: TabName; run: RunWhole; isRevealed: boolean }) {
  switch (tab) {
    case "error":
      return <ErrorTab run={run} />
    case "request":
      return <RequestTab run={run} />
    case "input":
      return <InputTab run={run} isRevealed={isRevealed} />
    case "environment":
      return <EnvironmentTab run={run} />
    case "output":
      return <OutputTab run={run} isRevealed={isRevealed} />
    case "stderr":
      return <StderrTab run={run} />
  }
}
