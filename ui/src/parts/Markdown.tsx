import type { ComponentChildren } from "preact"
import type { Token, Tokens } from "marked"
import { paths } from "../router"
import { CopyButton } from "./CopyButton"

/** Markdown as nodes, never as HTML: what is not known here, HTML too, is shown as the text that it is. */
export function Markdown({ tokens }: { tokens: readonly Token[] }) {
  return <>{tokens.map(node)}</>
}

function node(token: Token): ComponentChildren {
  switch (token.type) {
    case "space":
    case "def":
      return null
    case "heading":
      return heading(token as Tokens.Heading)
    case "paragraph":
      return <p>{inside(token)}</p>
    case "list":
      return list(token as Tokens.List)
    case "code":
      return block(token as Tokens.Code)
    case "table":
      return table(token as Tokens.Table)
    case "blockquote":
      return <blockquote>{inside(token)}</blockquote>
    case "hr":
      return <hr />
    case "br":
      return <br />
    case "strong":
      return <strong>{inside(token)}</strong>
    case "em":
      return <em>{inside(token)}</em>
    case "del":
      return <del>{inside(token)}</del>
    case "codespan":
      return <code>{(token as Tokens.Codespan).text}</code>
    case "link":
      return link(token as Tokens.Link)
    case "text":
    case "escape":
      return "tokens" in token && token.tokens ? inside(token) : (token as Tokens.Text).text
    default:
      return token.raw
  }
}

function inside(token: Token): ComponentChildren {
  return (("tokens" in token && token.tokens) || []).map(node)
}

/** The screen has the page's h1, so that the manual's own are one lower. */
function heading(token: Tokens.Heading): ComponentChildren {
  const Level = `h${Math.min(token.depth + 1, 6)}` as "h2"
  return <Level id={anchor(token.text)}>{inside(token)}</Level>
}

/** As forges make them, so that links within the files work there too. */
export function anchor(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replace(/\s/g, "-")
}

function list(token: Tokens.List): ComponentChildren {
  const items = token.items.map((item) => <li>{inside(item)}</li>)
  return token.ordered ? <ol start={token.start === "" ? 1 : token.start}>{items}</ol> : <ul>{items}</ul>
}

function block(token: Tokens.Code): ComponentChildren {
  return (
    <div class="code-block">
      <pre tabIndex={0}>
        <code>{token.text}</code>
      </pre>
      <CopyButton text={token.text} />
    </div>
  )
}

function table(token: Tokens.Table): ComponentChildren {
  return (
    <div class="table-scroll" tabIndex={0} role="group">
      <table>
        <thead>
          <tr>
            {token.header.map((cell) => (
              <th scope="col" class={cell.align ?? ""}>
                {cell.tokens.map(node)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {token.rows.map((row) => (
            <tr>
              {row.map((cell) => (
                <td class={cell.align ?? ""}>{cell.tokens.map(node)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** "sites" or "sites.md#limits" is a page of ours. */
export function pageLinked(href: string): { page: string; hash: string } | null {
  const [, page, hash = ""] = /^([\w-]+?)(?:\.md)?(#.*)?$/.exec(href) ?? []
  return page === undefined ? null : { page, hash }
}

/** To a page of ours or a heading; the web opens in a tab of its own; everything else stays text. */
function link(token: Tokens.Link): ComponentChildren {
  const ours = pageLinked(token.href)
  if (ours) return <a href={paths.help(ours.page) + ours.hash}>{inside(token)}</a>
  if (token.href.startsWith("#")) return <a href={token.href}>{inside(token)}</a>
  if (!/^https?:\/\//.test(token.href)) return inside(token)
  return (
    <a href={token.href} target="_blank" rel="noopener noreferrer">
      {inside(token)}
    </a>
  )
}
