/** The manual's pages, by language: Markdown of app/help, read into tokens.  Loaded when the manual is opened. */
import { lexer, type Token, type Tokens } from "marked"
import { pageLinked } from "../../parts/Markdown"

export interface Page {
  /** In its address: "sites" for sites.md. */
  name: string
  /** Its first heading. */
  title: string
  /** What it is written in: English where it is not translated. */
  language: string
  tokens: Token[]
}

const files: Record<string, string> = import.meta.glob("../../../../app/help/*/*.md", { query: "?raw", import: "default", eager: true })
const read = new Map<string, Page[]>()

/** In the order in which the index names them, the rest behind by name. */
export function pages(language: string): Page[] {
  const found = read.get(language) ?? inOrder(translated(language))
  read.set(language, found)
  return found
}

/** Every page, in the language where it is there, otherwise in English. */
function translated(language: string): Page[] {
  const byName = new Map<string, Page>()
  for (const one of ["en", language]) {
    for (const [path, text] of Object.entries(files)) {
      const [, folder, name] = /help\/([^/]+)\/([^/]+)\.md$/.exec(path) ?? []
      if (folder === one && name !== undefined) byName.set(name, pageOf(name, one, text))
    }
  }
  return [...byName.values()]
}

export function pageOf(name: string, language: string, text: string): Page {
  const tokens = lexer(text)
  const heading = tokens.find((token): token is Tokens.Heading => token.type === "heading")
  return { name, title: heading ? plain(heading) : name, language, tokens }
}

function inOrder(all: Page[]): Page[] {
  const index = all.find((page) => page.name === "index")
  const named = index ? linkedFrom(index.tokens) : []
  const place = (page: Page) => (page.name === "index" ? -1 : named.includes(page.name) ? named.indexOf(page.name) : named.length)
  return all.toSorted((a, b) => place(a) - place(b) || a.name.localeCompare(b.name))
}

/** Names of the pages that links lead to, in their order. */
function linkedFrom(tokens: Token[]): string[] {
  return tokens.flatMap((token) => {
    const linked = token.type === "link" ? pageLinked((token as Tokens.Link).href) : null
    return [...(linked ? [linked.page] : []), ...linkedFrom(within(token))]
  })
}

/** The text of a token, without its marks. */
export function plain(token: Token): string {
  const inner = within(token)
  return inner.length > 0 ? inner.map(plain).join("") : "text" in token ? String(token.text) : ""
}

function within(token: Token): Token[] {
  if (token.type === "list") return (token as Tokens.List).items
  return ("tokens" in token && token.tokens) || []
}
