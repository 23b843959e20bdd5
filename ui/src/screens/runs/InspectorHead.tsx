import { t, tn, tp } from "../../i18n"
import { clock, duration, moment } from "../../i18n/format"
import { stopRun } from "../../model/run-lists"
import { site } from "../../model/sites"
import { attempt } from "../../model/trouble"
import type { RunWhole } from "../../model/types"
import { OpenButton } from "../../parts/Address"
import { Button } from "../../parts/Button"
import { CopyButton } from "../../parts/CopyButton"
import { Words } from "../../parts/Words"
import { paths } from "../../router"
import { useElapsed } from "./elapsed"
import { endingPieces } from "./ending"
import { interpreterOf } from "./interpreter"
import { hasSecrets } from "./masked"
import { statusClass } from "./status"
import { inline } from "./text"
import { targetParts } from "./target"
import { TimingBar } from "./TimingBar"
import { addressOf, type View } from "./view"

/** What was asked for, and in one line how it went. */
export function InspectorHead({ view, run }: { view: View; run: RunWhole }) {
  const target = inline(run.request.target)
  return (
    <header class="inspector-head">
      <div class="inspector-line">
        <StatusPill run={run} />
        <Target method={run.request.method} target={target} script={run.script} />
        <CopyButton text={target} label={t("shell.copy-what", { what: target })} class="inspector-copy" />
        <span class="grow" />
        <Acts view={view} run={run} target={target} />
      </div>
      <Facts view={view} run={run} />
    </header>
  )
}

function StatusPill({ run }: { run: RunWhole }) {
  const status = run.response?.status ?? null
  if (status !== null) return <span class={`pill ${statusClass(status)}`}>{status}</span>
  return <span class="pill">{t(run.is_running ? "runs.running" : "runs.no-status")}</span>
}

function Target({ method, target, script }: { method: string; target: string; script: string }) {
  const { before, script: name, after } = targetParts(target, script)
  // The folder was asked for: its index script is not part of what was sent.
  const isNamed = target.includes(name)
  return (
    <h2 class="inspector-target" title={target}>
      <span>{method}</span> {isNamed ? before + name : target.slice(0, target.length - after.length)}
      <span>{after}</span>
    </h2>
  )
}

function Acts({ view, run, target }: { view: View; run: RunWhole; target: string }) {
  const known = site(run.site).value
  const isRevealed = view.isRevealed.value
  return (
    <>
      {(isRevealed || hasSecrets(run)) && (
        <Button
          kind="ghost"
          icon={isRevealed ? "eyeOff" : "eye"}
          title={t("run.reveal.hint")}
          pressed={isRevealed}
          onClick={() => (view.isRevealed.value = !isRevealed)}
        >
          {t(isRevealed ? "run.hide" : "run.reveal")}
        </Button>
      )}
      {known?.state === "serving" && run.request.method === "GET" && target.startsWith("/") && (
        <OpenButton site={known} path={target} kind="plain">
          {t("run.open-short")}
        </OpenButton>
      )}
      {run.is_running && (
        <Button icon="stop" title={t("runs.stop.hint")} onClick={() => void attempt(stopRun(run.id))}>
          {t("runs.stop")}
        </Button>
      )}
    </>
  )
}

function Facts({ view, run }: { view: View; run: RunWhole }) {
  return (
    <p class="inspector-facts num">
      <span>
        {t("run.number")} <b>#{run.id}</b>
      </span>
      <time dateTime={run.started} title={moment(run.started)}>
        {clock(run.started)}
      </time>
      <span class="ending">
        <Words pieces={endingPieces(run.outcome)} />
      </span>
      <Program run={run} />
      {run.is_running ? <Elapsed started={run.started} /> : <b>{duration(run.timings_ms.total)}</b>}
      {!run.is_running && run.outcome.end !== "not_started" && <TimingBar timings={run.timings_ms} />}
      {run.notes.length > 0 && (
        <a class="tag" href={addressOf(view, { tab: "environment" })}>
          {tn("run.notes", run.notes.length)}
        </a>
      )}
      {run.redirected_from != null && (
        <span>
          <Words pieces={tp("run.redirected")} /> <a href={paths.runs(run.site, run.redirected_from)}>#{run.redirected_from}</a>
        </span>
      )}
    </p>
  )
}

function Program({ run }: { run: RunWhole }) {
  const name = interpreterOf(run)
  return name === null ? null : <span title={run.program === null ? "" : inline(run.program)}>{name}</span>
}

function Elapsed({ started }: { started: string }) {
  return <b>{duration(useElapsed(started))}</b>
}
