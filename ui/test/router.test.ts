import { afterEach, beforeEach, expect, test } from "vitest"
import { followLinks, here, navigate, parseRoute, paths, route } from "../src/router"

let stop: () => void
beforeEach(() => {
  stop = followLinks()
  navigate("/", { replace: true })
})
afterEach(() => {
  stop()
  document.body.replaceChildren()
})

test.each([
  ["/", { screen: "sites" }],
  ["/settings", { screen: "settings" }],
  ["/help", { screen: "help", page: "index" }],
  ["/help/sites", { screen: "help", page: "sites" }],
  ["/s/guest%20book/settings", { screen: "site-settings", site: "guest book" }],
  ["/s/a/runs/0", { screen: "not-found" }],
  ["/s/a/files", { screen: "not-found" }],
  ["/elsewhere", { screen: "not-found" }],
])("%s is %o", (path, expected) => {
  expect(parseRoute(path)).toEqual(expected)
})

test("a run's address keeps its tab, and leads back to itself", () => {
  const path = paths.runs("留言簿", 12, { tab: "error", show: null })
  const found = parseRoute(path)
  expect(found).toMatchObject({ screen: "runs", site: "留言簿", run: 12 })
  expect(found.screen === "runs" && found.query.get("tab")).toBe("error")
})

test("a click on our own link changes the screen without a reload", () => {
  click({ href: "/settings" })
  expect(route.value).toEqual({ screen: "settings" })
})

test.each([
  ["a new tab", { href: "/settings", target: "_blank" }, {}],
  ["the API", { href: "/api/runs/1/stdout" }, {}],
  ["another site", { href: "http://127.0.0.1:8080/" }, {}],
  ["a heading of this page", { href: "#limits" }, {}],
  ["a click with Ctrl", { href: "/settings" }, { ctrlKey: true }],
])("%s is left to the browser", (_, attributes, modifiers) => {
  click(attributes, modifiers)
  expect(here.value).toBe("/")
})

function click(attributes: Record<string, string>, modifiers: MouseEventInit = {}): void {
  const link = document.createElement("a")
  for (const [name, value] of Object.entries(attributes)) link.setAttribute(name, value)
  document.body.append(link)
  // jsdom follows no link, and says so; what is ours is kept from it before.
  document.addEventListener("click", (event) => event.preventDefault(), { once: true })
  link.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ...modifiers }))
}
