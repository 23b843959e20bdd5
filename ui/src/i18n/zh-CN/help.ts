import type { help as en } from "../en/help"

export const help: Record<keyof typeof en, string> = {
  "help.contents": "手册目录",
  "help.empty": "这份 Gatehouse 没有附带手册。",
  "help.no-page": "手册中没有这一页。",
  "help.other-language": "此页只有英文。",
}
