/**
 * Putting parameters into a template, so that a parameter never becomes markup; the same rule as app/words/fill.py.
 *
 * Code spans (backticks) are cut out first, the parameters put in afterwards, each exactly once: a parameter may
 * come from a script and hold braces, backticks or anything else, and stays text.
 */

export interface Piece {
  text: string
  isCode: boolean
}

/** The sentence in stretches of prose and code. */
export function pieces(template: string, params: Record<string, unknown> = {}): Piece[] {
  // With one group, split() alternates: prose, code, prose, code, …, prose.
  return template
    .split(/`([^`]*)`/)
    .map((text, n) => ({ text: put(text, params), isCode: n % 2 === 1 }))
    .filter((piece) => piece.text !== "")
}

/** The sentence as plain text. */
export function fill(template: string, params: Record<string, unknown> = {}): string {
  return pieces(template, params)
    .map((piece) => piece.text)
    .join("")
}

/** Names of the parameters that a template wants. */
export function placeholders(template: string): string[] {
  return [...template.matchAll(/\{([a-z][a-z0-9_]*)\}/g)].map((match) => match[1] ?? "")
}

// A run recorded by an older version may lack a parameter that today's sentence has: "?" is still readable.
function put(text: string, params: Record<string, unknown>): string {
  return text.replace(/\{([a-z][a-z0-9_]*)\}/g, (_, name: string) => String(params[name] ?? "?"))
}
