/** What a page shows that is not let in, or has no program behind it. */
import type { ComponentChildren } from "preact"
import { useEffect, useState } from "preact/hooks"
import { t, tp } from "../i18n"
import { startModel } from "../model/app"
import { codeIn, redeem } from "../model/session"
import { Banner } from "../parts/Banner"
import { Button } from "../parts/Button"
import { Mark } from "../parts/Mark"
import { Words } from "../parts/Words"

const RETRY_MS = 2000

export function LetIn() {
  const [pasted, setPasted] = useState("")
  const [refused, setRefused] = useState<"no" | "refused" | "no-answer">("no")
  const letIn = async (event: Event) => {
    event.preventDefault()
    const code = codeIn(pasted)
    if (code === "") return
    try {
      if (await redeem(code)) await startModel()
      else setRefused("refused")
    } catch {
      setRefused("no-answer")
    }
  }
  return (
    <Outside title={t("let-in.title")} why={t("let-in.why")}>
      <form class="let-in" onSubmit={(event) => void letIn(event)}>
        <label for="code">{t("let-in.field")}</label>
        <div class="let-in-row">
          <input id="code" class="field mono" autocomplete="off" spellcheck={false} autofocus value={pasted} onInput={(event) => setPasted(event.currentTarget.value)} />
          <Button kind="primary" type="submit" disabled={pasted.trim() === ""}>
            {t("let-in.go")}
          </Button>
        </div>
        {refused === "refused" && (
          <Banner kind="bad" fix={t("let-in.refused-fix")}>
            {t("let-in.refused")}
          </Banner>
        )}
        {refused === "no-answer" && (
          <Banner kind="bad" fix={t("shell.no-answer-fix")}>
            {t("shell.no-answer")}
          </Banner>
        )}
      </form>
      <h2>{t("let-in.how")}</h2>
      <ul class="ways-in">
        {(["let-in.way-window", "let-in.way-terminal", "let-in.way-start"] as const).map((key) => (
          <li key={key}>
            <Words pieces={tp(key)} />
          </li>
        ))}
      </ul>
    </Outside>
  )
}

export function Unreachable() {
  useEffect(() => {
    const trying = setInterval(() => void startModel(), RETRY_MS)
    return () => clearInterval(trying)
  }, [])
  return (
    <Outside title={t("unreachable.title")} why={t("unreachable.why")}>
      <p>
        <Words pieces={tp("unreachable.how")} />
      </p>
      <Button kind="primary" icon="refresh" onClick={() => void startModel()}>
        {t("shell.try-again")}
      </Button>
    </Outside>
  )
}

export function Ended() {
  return (
    <Outside title={t("ended.title")} why={t("ended.why")}>
      <p>{t("ended.close")}</p>
    </Outside>
  )
}

/** Only seen where the first answer takes long. */
export function Starting() {
  return (
    <main class="outside waiting" aria-busy="true">
      <Mark />
      <p>{t("starting.title")}</p>
    </main>
  )
}

function Outside({ title, why, children }: { title: string; why: string; children: ComponentChildren }) {
  useEffect(() => {
    document.title = `${title} · ${t("shell.name")}`
  }, [title])
  return (
    <main class="outside">
      <header>
        <Mark />
        <div>
          <h1>{title}</h1>
          <p>{why}</p>
        </div>
      </header>
      {children}
    </main>
  )
}
