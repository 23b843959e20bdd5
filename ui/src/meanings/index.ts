/** The one-line meaning of meta-variables and header fields, in the language that is set. */
import { t } from "../i18n"
import { language } from "../model/settings"
import type { Language } from "../model/types"
import { headers as headersEn } from "./en/headers"
import { variables as variablesEn } from "./en/variables"
import { headers as headersZh } from "./zh-CN/headers"
import { variables as variablesZh } from "./zh-CN/variables"

const variables: Record<Language, Record<string, string>> = { en: variablesEn, "zh-CN": variablesZh }
const headers: Record<Language, Record<string, string>> = { en: headersEn, "zh-CN": headersZh }

/** null for a field that only this site or program knows. */
export function meaningOfHeader(name: string): string | null {
  return unbroken(own(headers[language.value], name.toLowerCase()))
}

/** HTTP_ACCEPT_LANGUAGE is the request's Accept-Language (RFC 3875 §4.1.18). */
export function meaningOfVariable(name: string): string | null {
  const found = unbroken(own(variables[language.value], name))
  if (found !== null || !name.startsWith("HTTP_")) return found
  const header = name.slice(5).replaceAll("_", "-")
  return t("meaning.from-header", { header: headerName(header), meaning: meaningOfHeader(header) ?? "" }).trim()
}

/** Is it part of CGI, so that it says something about the request?  The rest only surrounds the process. */
export function isMetaVariable(name: string): boolean {
  return name.startsWith("HTTP_") || OF_CGI.test(name)
}

// RFC 3875 §4.1, and what Apache's CGI adds to it.
const OF_CGI =
  /^(AUTH_TYPE|CONTENT_LENGTH|CONTENT_TYPE|CONTEXT_.*|DOCUMENT_ROOT|GATEWAY_INTERFACE|HTTPS|PATH_INFO|PATH_TRANSLATED|QUERY_STRING|REDIRECT_.*|REMOTE_.*|REQUEST_.*|SCRIPT_.*|SERVER_.*|SSL_.*|UNIQUE_ID)$/

function own(words: Record<string, string>, name: string): string | null {
  return Object.hasOwn(words, name) ? (words[name] ?? null) : null
}

/** "RFC 9110 §8.3" stays on one line. */
function unbroken(words: string | null): string | null {
  return words && words.replace(/RFC (\d+)(?: §)?/g, (found) => found.replaceAll(" ", "\u00a0"))
}

/** "ACCEPT-LANGUAGE" as people write it: "Accept-Language". */
function headerName(name: string): string {
  return name.toLowerCase().replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase())
}
