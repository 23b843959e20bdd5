export const help = {
  "help.contents": "Pages of the manual",
  "help.empty": "This copy of Gatehouse has no manual.",
  "help.no-page": "The manual has no such page.",
  "help.other-language": "This page is in English only.",
}
