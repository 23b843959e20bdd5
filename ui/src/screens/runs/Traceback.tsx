import { useState } from "preact/hooks"
import { t, tn } from "../../i18n"
import { site } from "../../model/sites"
import { Block } from "../../parts/Block"
import { Button } from "../../parts/Button"
import { CopyButton } from "../../parts/CopyButton"
import { Icon } from "../../parts/Icon"
import { visible } from "./text"
import { stretches, type Stretch } from "./stretches"

interface TracebackProps {
  text: string
  slug: string
  /** "KeyError: 'name'" */
  error: string
}

/** The site's own lines open, library code folded; one click gives it as it was printed. */
export function Traceback({ text, slug, error }: TracebackProps) {
  const [isPlain, setPlain] = useState(false)
  const parts = stretches(text, site(slug).value?.folder ?? "")
  const hasLibrary = parts.some((part) => part.isLibrary)
  return (
    <Block
      title={t("error.traceback")}
      hint={<code>{error}</code>}
      acts={
        <>
          {hasLibrary && (
            <Button kind="ghost" size="small" pressed={isPlain} onClick={() => setPlain(!isPlain)}>
              {t("error.plain")}
            </Button>
          )}
          <CopyButton text={text}>{t("shell.copy")}</CopyButton>
        </>
      }
    >
      <div class="frame">
        {isPlain || !hasLibrary ? <Own part={whole(parts)} /> : parts.map((part, n) => (part.isLibrary ? <Library key={n} part={part} /> : <Own key={n} part={part} />))}
      </div>
    </Block>
  )
}

function Own({ part: { lines, culprit } }: { part: Stretch }) {
  return (
    <pre class="code">
      {lines.map((line, n) => (
        <span key={n} class={isCulprit(lines, n, culprit) ? "code-line at" : "code-line"}>
          {`${visible(line)}\n`}
        </span>
      ))}
    </pre>
  )
}

/** The frame's line, its source, and the carets below. */
function isCulprit(lines: string[], n: number, culprit: number): boolean {
  return culprit >= 0 && (n === culprit || n === culprit + 1 || (n === culprit + 2 && /^[\s~^|]+$/.test(lines[n] ?? "")))
}

function Library({ part }: { part: Stretch }) {
  return (
    <details class="fold">
      <summary>
        <Icon name="chevronRight" />
        {tn("error.frames", part.lines.length)}
      </summary>
      <pre class="code">{visible(part.lines.join("\n"))}</pre>
    </details>
  )
}

function whole(parts: Stretch[]): Stretch {
  const lines = parts.flatMap((part) => part.lines)
  const at = parts.findIndex((part) => part.culprit >= 0)
  const before = parts.slice(0, Math.max(at, 0)).reduce((sum, part) => sum + part.lines.length, 0)
  return { isLibrary: false, lines, culprit: at < 0 ? -1 : before + (parts[at]?.culprit ?? 0) }
}
