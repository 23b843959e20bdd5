import { useEffect, useId, useMemo, useRef, useState } from "preact/hooks"
import { commands, isUsable, type Command } from "../commands"
import { t, tn } from "../i18n"
import { shownKey } from "../keys"
import { siteOfRun } from "../model/find-run"
import { ApiError } from "../model/rest"
import { navigate, paths } from "../router"
import { announce } from "./announce"
import { Dialog } from "./Dialog"
import { Icon } from "./Icon"
import { search } from "./palette-search"
import { isPaletteOpen } from "./programCommands"

/** One list of sites, actions and runs by number (Ctrl K). */
export function CommandPalette() {
  return isPaletteOpen.value ? <Palette onClose={() => (isPaletteOpen.value = false)} /> : null
}

function Palette({ onClose }: { onClose: () => void }) {
  const [typed, setTyped] = useState("")
  const [chosen, setChosen] = useState(0)
  const [noRun, setNoRun] = useState<number | null>(null)
  const id = useId()
  const list = useRef<HTMLUListElement>(null)
  const found = useMemo(() => entries(typed, setNoRun, onClose), [typed, commands.value])
  const at = Math.min(chosen, found.length - 1)

  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView?.({ block: "nearest" })
    if (typed !== "") announce(tn("palette.count", found.length))
  }, [at, typed])

  const run = (entry: Command | undefined) => {
    if (entry === undefined) return
    if (!entry.id.startsWith("run.")) onClose()
    entry.run()
  }
  const onKey = (event: KeyboardEvent) => {
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key]
    if (to !== undefined && found.length > 0) setChosen((to + found.length) % found.length)
    else if (event.key === "Enter" && !event.isComposing) run(found[at])
    else return
    event.preventDefault()
  }

  return (
    <Dialog title={t("palette.title")} onClose={onClose} class="palette" isTitleUnseen>
      <label class="palette-field">
        <Icon name="search" />
        <input
          type="text"
          role="combobox"
          aria-label={t("palette.title")}
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={found.length > 0 ? `${id}-${at}` : undefined}
          aria-autocomplete="list"
          placeholder={t("palette.hint")}
          autocomplete="off"
          spellcheck={false}
          autofocus
          value={typed}
          onInput={(event) => (setTyped(event.currentTarget.value), setChosen(0), setNoRun(null))}
          onKeyDown={onKey}
        />
      </label>
      <ul class="palette-list" role="listbox" id={`${id}-list`} aria-label={t("palette.results")} ref={list}>
        {found.map((entry, n) => (
          <li key={entry.id} id={`${id}-${n}`} role="option" aria-selected={n === at} onMouseMove={() => setChosen(n)} onClick={() => run(entry)}>
            <Icon name={entry.icon ?? "chevronRight"} />
            <span>{entry.title()}</span>
            {entry.keys?.[0] && <kbd>{shownKey(entry.keys[0])}</kbd>}
          </li>
        ))}
      </ul>
      {found.length === 0 && <p class="palette-none">{t("palette.none")}</p>}
      {noRun !== null && (
        <p class="palette-none" role="alert">
          {t("palette.no-run", { run: String(noRun) })}
        </p>
      )}
      <footer class="palette-foot" aria-hidden="true">
        <span>
          <kbd>↑</kbd> <kbd>↓</kbd> {t("palette.move")}
        </span>
        <span>
          <kbd>Enter</kbd> {t("palette.do")}
        </span>
        <span>
          <kbd>Esc</kbd> {t("palette.leave")}
        </span>
      </footer>
    </Dialog>
  )
}

function entries(typed: string, onNoRun: (run: number) => void, onClose: () => void): Command[] {
  const run = /^\s*#?(\d{1,15})\s*$/.exec(typed)?.[1]
  const usable = commands.peek().filter((one) => !one.isHiddenInPalette && isUsable(one))
  const found = search(usable, typed, (one) => one.title())
  return run === undefined ? found : [runEntry(Number(run), onNoRun, onClose), ...found]
}

/** "#1284". Which site it belongs to is asked when it is chosen; until then the palette stays. */
function runEntry(run: number, onNoRun: (run: number) => void, onClose: () => void): Command {
  const go = async () => {
    try {
      const slug = await siteOfRun(run)
      onClose()
      navigate(paths.runs(slug, run))
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      onNoRun(run)
    }
  }
  return { id: `run.${run}`, title: () => t("palette.run", { run: String(run) }), group: "runs", icon: "list", run: () => void go() }
}
