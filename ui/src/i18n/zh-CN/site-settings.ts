import type { siteSettings as en } from "../en/site-settings"

export const siteSettings: Record<keyof typeof en, string> = {}
