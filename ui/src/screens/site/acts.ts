/** What can be done with a site.  Its card's menu, its screens, the palette and the keys all take it from here. */
import type { Command } from "../../commands"
import { t } from "../../i18n"
import { openFolder, openInBrowser } from "../../model/desktop"
import { isNativeWindow } from "../../model/session"
import { site, turn, type Turn } from "../../model/sites"
import { attempt } from "../../model/trouble"
import type { Site } from "../../model/types"
import { announce } from "../../parts/announce"
import { copyText } from "../../parts/CopyButton"
import type { IconName } from "../../parts/icons"
import { navigate, paths } from "../../router"
import { askToForget } from "./forgetting"

type Act = "open" | "copy" | "folder" | "start" | "stop" | "restart" | "runs" | "settings" | "forget"

export function siteActs(slug: string): Record<Act, Command> {
  const now = () => site(slug).value
  const act = (id: Act, icon: IconName, rest: Pick<Command, "run"> & Partial<Command>): Command => ({ id: `site.${id}`, title: () => t(`site.${id}`), group: "site", icon, ...rest })
  const turning = (how: Turn, icon: IconName, from: Site["state"][]) =>
    act(how, icon, { run: () => void attempt(turn(slug, how)), isEnabled: () => from.some((state) => state === now()?.state) })
  const isServing = () => now()?.state === "serving" && now()?.url !== null
  return {
    open: act("open", "externalLink", { keys: ["O"], run: () => open(slug), isEnabled: isServing }),
    copy: act("copy", "copy", { run: () => void copyAddress(now()), isEnabled: () => Boolean(now()?.url) }),
    folder: act("folder", "folder", { run: () => void attempt(openFolder(slug)) }),
    start: turning("start", "play", ["stopped", "problem"]),
    stop: turning("stop", "stop", ["serving", "starting"]),
    restart: turning("restart", "restart", ["serving"]),
    runs: act("runs", "list", { keys: ["1"], run: () => navigate(paths.runs(slug)) }),
    settings: act("settings", "settings", { keys: ["2"], run: () => navigate(paths.siteSettings(slug)) }),
    forget: act("forget", "trash", { run: () => askToForget(slug) }),
  }
}

function open(slug: string): void {
  const url = site(slug).peek()?.url
  if (isNativeWindow.peek() || !url) void attempt(openInBrowser(slug))
  else window.open(url, "_blank", "noopener,noreferrer")
}

async function copyAddress(of: Site | undefined): Promise<void> {
  if (!of?.url) return
  const done = await copyText(of.url)
  announce(t(done ? "shell.copied" : "shell.not-copied"))
}
