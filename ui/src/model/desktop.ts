/** What Gatehouse does on the desktop for a page that may not: dialogs, the person's browser, the file manager. */
import { post, remove } from "./rest"
import { takeToken } from "./session"

/** The native dialog; null where it was cancelled. */
export async function chooseFolder(): Promise<string | null> {
  return (await post<{ folder: string | null }>("/api/window/choose-folder")).folder
}

/** A page of a site, in the person's browser. `path` begins with "/". */
export async function openInBrowser(slug: string, path?: string): Promise<void> {
  await post(`/api/sites/${encodeURIComponent(slug)}/open`, path === undefined ? {} : { path })
}

export async function openFolder(slug: string): Promise<void> {
  await post(`/api/sites/${encodeURIComponent(slug)}/open-folder`)
}

/** An address of Gatehouse itself, such as a download, in the person's browser. */
export async function openAddress(path: string): Promise<void> {
  await post("/api/open", { url: new URL(path, location.origin).href })
}

/** Begin to install Qt into Gatehouse's own environment; how far it is comes as notices. */
export async function setUpWindow(): Promise<void> {
  await post("/api/window/setup")
}

/** A link that lets one more browser in, once. */
export async function newLink(): Promise<string> {
  return (await post<{ url: string }>("/api/links")).url
}

/** Every other browser has to be let in again; this one goes on with the new token. */
export async function lockOthersOut(): Promise<void> {
  takeToken((await remove<{ token: string }>("/api/session")).token)
}
