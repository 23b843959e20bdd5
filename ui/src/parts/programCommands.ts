/** Commands that are there on every screen. */
import { signal } from "@preact/signals"
import type { Command } from "../commands"
import { t } from "../i18n"
import { changeSettings } from "../model/change-settings"
import { language, theme } from "../model/settings"
import { site, slugs } from "../model/sites"
import { attempt } from "../model/trouble"
import type { Theme } from "../model/types"
import { navigate, paths } from "../router"
import { askForFolder } from "../screens/sites/addFolder"
import type { IconName } from "./icons"

export const isPaletteOpen = signal(false)
export const isKeySheetOpen = signal(false)

export function programCommands(): Command[] {
  return [
    { id: "palette", title: () => t("command.palette"), group: "go", keys: ["Ctrl+K"], icon: "search", isHiddenInPalette: true, run: () => (isPaletteOpen.value = true) },
    { id: "keys", title: () => t("command.keys"), group: "go", keys: ["?"], icon: "keyboard", run: () => (isKeySheetOpen.value = true) },
    { id: "go.sites", title: () => t("command.sites"), group: "go", icon: "house", run: () => navigate(paths.sites()) },
    { id: "sites.add", title: () => t("sites.add"), group: "go", icon: "folderPlus", run: () => void askForFolder() },
    { id: "go.settings", title: () => t("command.settings"), group: "go", icon: "settings", run: () => navigate(paths.settings()) },
    { id: "go.help", title: () => t("command.help"), group: "go", icon: "book", run: () => navigate(paths.help()) },
    themeCommand("light", "sun"),
    themeCommand("dark", "moon"),
    themeCommand("system", "monitor"),
    {
      id: "language",
      title: () => t("command.language"),
      group: "go",
      icon: "languages",
      run: () => void attempt(changeSettings({ language: language.peek() === "en" ? "zh-CN" : "en" })),
    },
  ]
}

/** One entry of the palette for each site. */
export function siteEntries(): Command[] {
  return slugs.peek().map((slug) => ({
    id: `go.site.${slug}`,
    title: () => t("command.site", { name: site(slug).value?.name ?? slug }),
    group: "go",
    icon: "globe",
    run: () => navigate(paths.runs(slug)),
  }))
}

function themeCommand(name: Theme, icon: IconName): Command {
  return {
    id: `theme.${name}`,
    title: () => t(`command.theme-${name}`),
    group: "go",
    icon,
    isEnabled: () => theme.value !== name,
    run: () => void attempt(changeSettings({ theme: name })),
  }
}
