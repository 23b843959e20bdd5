/** The words of the interface, subject by subject. `…_one` and `…_other` count something (`tn`). */
import { help } from "./en/help"
import { inspector } from "./en/inspector"
import { runs } from "./en/runs"
import { settings } from "./en/settings"
import { shell } from "./en/shell"
import { siteSettings } from "./en/site-settings"
import { sites } from "./en/sites"

export const en = { ...shell, ...sites, ...runs, ...inspector, ...siteSettings, ...settings, ...help }
