/** 简体中文. A key that is missing, or one too many, fails the type check. */
import type { en } from "./en"
import { help } from "./zh-CN/help"
import { inspector } from "./zh-CN/inspector"
import { runs } from "./zh-CN/runs"
import { settings } from "./zh-CN/settings"
import { shell } from "./zh-CN/shell"
import { siteSettings } from "./zh-CN/site-settings"
import { sites } from "./zh-CN/sites"

export const zhCN: Record<keyof typeof en, string> = { ...shell, ...sites, ...runs, ...inspector, ...siteSettings, ...settings, ...help }
