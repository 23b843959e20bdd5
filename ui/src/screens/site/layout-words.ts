/** How a folder is laid out as a site, said in sentences. */
import { tp } from "../../i18n"
import type { Piece } from "../../i18n/fill"
import { list } from "../../i18n/format"
import type { SiteSettings } from "../../model/types"

export function layoutWords({ values }: SiteSettings): Piece[][] {
  const pages = String(values["pages"] ?? ".")
  const folders = texts(values["scripts"])
  const extensions = texts(values["script_extensions"])
  const said = [pages === "." ? tp("layout.pages-here") : tp("layout.pages", { folder: pages })]
  for (const folder of folders) said.push(tp("layout.scripts", { folder, url: `/${folder.split("/").at(-1)}/` }))
  if (extensions.length > 0) said.push(tp("layout.extensions", { extensions: list(extensions) }))
  if (folders.length === 0 && extensions.length === 0) said.push(tp("layout.no-scripts"))
  said.push(tp(values["working_directory"] === "site" ? "layout.start-site" : "layout.start-script"))
  return said
}

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])
