import { render } from "preact"
import { act } from "preact/test-utils"
import { afterEach, expect, test, vi } from "vitest"
import { tourHidden } from "../../src/model/settings"
import { takeSites } from "../../src/model/sites"
import { AddFolderDialog, askForFolder } from "../../src/screens/sites/addFolder"
import { Sites } from "../../src/screens/sites/Sites"
import { route } from "../../src/router"
import { answering } from "../api"
import { aSite } from "./values"

const place = document.createElement("div")
document.body.append(place)
afterEach(() => {
  render(null, place)
  vi.unstubAllGlobals()
  takeSites([])
  tourHidden.value = false
})

const tour = aSite({ slug: "tour", name: "Tour", is_sample: true, runs_today: 1, failed_today: 1, last_failure: { id: 1, started: "2026-11-01T00:00:00Z", script: "cgi-bin/greeting.py", status: 500, title_slug: null, title_params: {} } })

async function shown(...all: Parameters<typeof takeSites>[0]): Promise<void> {
  takeSites(all)
  await act(() => render(<><Sites /><AddFolderDialog /></>, place))
}

test("the tour leads through three steps, one of them next", async () => {
  await shown(tour)
  expect(place.querySelector("[aria-current=step]")?.textContent).toContain("Sign the guestbook")
  await act(() => takeSites([{ ...tour, runs_today: 2 }]))
  expect(place.querySelector("[aria-current=step]")?.textContent).toContain("See the run")
})

test("the pages of the tour open in a tab of their own", async () => {
  await shown(tour)
  const links = [...place.querySelectorAll<HTMLAnchorElement>(".step a")].map((link) => [link.href, link.target])
  expect(links).toEqual([
    ["http://127.0.0.1:8081/cgi-bin/guestbook.py", "_blank"],
    ["http://127.0.0.1:8081/greeting.html", "_blank"],
  ])
})

test("a hidden tour leaves its site an ordinary card", async () => {
  answering({ "PATCH /api/settings": () => ({}) })
  await shown(tour)
  await act(() => [...place.querySelectorAll("button")].find((button) => button.textContent === "Hide the tour")?.click())
  expect(place.querySelector(".steps")).toBeNull()
  expect(place.querySelector(".site-card h2")?.textContent).toBe("Tour")
})

test("a card leads to the failed runs of today, and to the last of them", async () => {
  await shown(aSite({ ...tour, slug: "guest", is_sample: false, failed_today: 3, runs_today: 9 }))
  expect(place.querySelector(".stats .bad a")?.getAttribute("href")).toBe("/s/guest/runs?show=failed")
  expect(place.querySelector(".last-failed")?.getAttribute("href")).toBe("/s/guest/runs/1")
})

test("a folder that is refused stays in the field, with the reason", async () => {
  answering({ "POST /api/sites": () => ({ status: 400, body: { slug: "folder-gone", error: "There is no folder /nowhere.", fix: "Add it from where it is." } }) })
  await shown()
  await add("/nowhere")
  await vi.waitFor(() => expect(document.getElementById("folder-error")?.textContent).toContain("There is no folder /nowhere."))
  expect(pathField().value).toBe("/nowhere")
})

test("a folder that is added is shown at once", async () => {
  answering({ "POST /api/sites": () => ({ body: aSite({ slug: "club" }) }) })
  await shown()
  await add("/home/ada/club")
  await vi.waitFor(() => expect(route.value).toMatchObject({ screen: "runs", site: "club" }))
  expect(place.querySelector("dialog")).toBeNull()
})

async function add(path: string): Promise<void> {
  await act(() => askForFolder())
  await act(() => {
    pathField().value = path
    pathField().dispatchEvent(new Event("input", { bubbles: true }))
  })
  await act(() => void place.querySelector("form")?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true })))
}

function pathField(): HTMLInputElement {
  return document.getElementById("folder-path") as HTMLInputElement
}
