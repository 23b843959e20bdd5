import { t, tp } from "../../../i18n"
import type { Piece } from "../../../i18n/fill"
import type { Explanation, RunWhole } from "../../../model/types"
import { Block } from "../../../parts/Block"
import { LinkButton } from "../../../parts/Button"
import { Icon } from "../../../parts/Icon"
import { Words } from "../../../parts/Words"
import { paths } from "../../../router"
import { endingPieces } from "../ending"
import { ErrorCard, Evidence, Fix, Sentences } from "../ErrorCard"
import { explained } from "../explained"
import { inline } from "../text"
import { Traceback } from "../Traceback"

/** What went wrong, why, what to do, and what was seen. */
export function ErrorTab({ run }: { run: RunWhole }) {
  const [best, ...others] = run.explanations
  const traceback = best?.evidence.find((fact) => fact.name === "traceback")?.value
  const hasFacts = best?.evidence.some((fact) => fact.name !== "traceback")
  return (
    <>
      {best ? <ErrorCard told={best} run={run} /> : <BareCard run={run} />}
      {traceback !== undefined && best && <Traceback text={traceback} slug={run.site} error={String(best.params.error ?? "")} />}
      {best && hasFacts && (
        <Block title={t("error.evidence")}>
          <div class="frame">
            <Evidence told={best} />
          </div>
        </Block>
      )}
      {traceback === undefined && <StderrEnd run={run} />}
      {others.length > 0 && <Others others={others} run={run} />}
    </>
  )
}

/** No rule knows it: how it ended is still told. */
function BareCard({ run }: { run: RunWhole }) {
  const ending = endingPieces(run.outcome)
  return (
    <section class="why" aria-label={t("error.bare")}>
      <Icon name="circleX" />
      <div>
        <h3>{t("error.bare")}</h3>
        <p>
          <Words pieces={around(tp("error.bare.what"), ending)} />
        </p>
      </div>
    </section>
  )
}

/** The ending has code spans of its own, so it is put between the halves of the sentence. */
function around(sentence: Piece[], inner: Piece[]): Piece[] {
  return sentence.flatMap((piece) => {
    const [before, after] = piece.text.split("…", 2)
    return after === undefined ? [piece] : [{ text: before ?? "", isCode: false }, ...inner, { text: after, isCode: false }]
  })
}

const LINES_SHOWN = 12

function StderrEnd({ run }: { run: RunWhole }) {
  if (run.stderr === null || run.stderr === "") return null
  const lines = inlineLines(run).slice(-LINES_SHOWN)
  return (
    <Block
      title={t("error.stderr")}
      acts={
        <LinkButton kind="ghost" size="small" href={paths.runs(run.site, run.id, { tab: "stderr" })}>
          {t("error.stderr.all")}
        </LinkButton>
      }
    >
      <div class="frame">
        <pre class="code">{lines.join("\n")}</pre>
      </div>
    </Block>
  )
}

function inlineLines({ stderr }: RunWhole): string[] {
  return inline(stderr ?? "").trimEnd().split("\n")
}

function Others({ others, run }: { others: Explanation[]; run: RunWhole }) {
  return (
    <Block title={t("error.also")}>
      <div class="others">
        {others.map((told) => (
          <details class="other" key={told.slug}>
            <summary>
              <Icon name="chevronRight" />
              <span>
                <Words pieces={explained(told, "title")} />
              </span>
            </summary>
            <div class="other-text">
              <Sentences told={told} />
              <Fix told={told} run={run} />
              <Evidence told={told} />
            </div>
          </details>
        ))}
      </div>
    </Block>
  )
}
