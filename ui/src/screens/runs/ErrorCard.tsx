import { useId } from "preact/hooks"
import { t } from "../../i18n"
import { phrase } from "../../i18n/server-words"
import { site } from "../../model/sites"
import type { Explanation, RunWhole } from "../../model/types"
import { LinkButton } from "../../parts/Button"
import { CopyButton } from "../../parts/CopyButton"
import { Icon } from "../../parts/Icon"
import { Words } from "../../parts/Words"
import { paths } from "../../router"
import { FirstLine } from "./FirstLine"
import { commandOf, explained } from "./explained"

/** Why a run failed: what · why · fix, always in this order. */
export function ErrorCard({ told, run }: { told: Explanation; run: RunWhole }) {
  const id = useId()
  return (
    <section class={run.verdict === "failed" ? "why" : "why mild"} aria-labelledby={id}>
      <Icon name={run.verdict === "failed" ? "circleX" : "warning"} />
      <div>
        <h3 id={id}>
          <Words pieces={explained(told, "title")} />
          {told.certainty !== "certain" && <span class="tag">{t(`error.${told.certainty}`)}</span>}
        </h3>
        <Sentences told={told} />
        <Fix told={told} run={run} />
      </div>
    </section>
  )
}

export function Sentences({ told }: { told: Explanation }) {
  const why = explained(told, "why")
  return (
    <>
      <p>
        <Words pieces={explained(told, "what")} />
      </p>
      {why.length > 0 && (
        <p>
          <Words pieces={why} />
        </p>
      )}
    </>
  )
}

export function Fix({ told, run }: { told: Explanation; run: RunWhole }) {
  const words = explained(told, "fix")
  const change = told.fix.steps.find((step) => step.do === "first-line")
  const command = commandOf(words)
  const hasSetting = told.fix.steps.some((step) => step.do === "setting")
  if (words.length === 0) return null
  return (
    <div class="fix">
      <p>
        <b>{t("error.fix")}</b> <Words pieces={words} />
      </p>
      {change && <FirstLine before={String(change.old)} after={String(change.new)} />}
      {(command !== null || hasSetting) && (
        <div class="fix-acts">
          {command !== null && <CopyButton text={command}>{t("error.copy-command")}</CopyButton>}
          {command !== null && <small>{t("error.in-folder", { folder: site(run.site).value?.folder ?? "" })}</small>}
          {hasSetting && (
            <LinkButton size="small" icon="settings" href={paths.siteSettings(run.site)}>
              {t("error.open-settings")}
            </LinkButton>
          )}
        </div>
      )}
    </div>
  )
}

/** What was seen, to check the reasoning; a traceback has a place of its own. */
export function Evidence({ told }: { told: Explanation }) {
  const facts = told.evidence.filter((fact) => fact.name !== "traceback")
  if (facts.length === 0) return null
  return (
    <dl class="evidence">
      {facts.map((fact, n) => (
        <div key={n}>
          <dt>
            <Words pieces={phrase(`fact.${fact.name}`) ?? [{ text: fact.label, isCode: false }]} />
          </dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}
