/** Making a folder a site: by the native dialog in our own window, by its path in a browser (which tells no page a path). */
import { signal } from "@preact/signals"
import { useState } from "preact/hooks"
import { t } from "../../i18n"
import { chooseFolder } from "../../model/desktop"
import { ApiError } from "../../model/rest"
import { isNativeWindow } from "../../model/session"
import { addSite } from "../../model/sites"
import { Button } from "../../parts/Button"
import { Dialog, DialogActions } from "../../parts/Dialog"
import { FieldError } from "../../parts/FieldError"
import { navigate, paths } from "../../router"

/** The dialog with the path: what stands in it, and what was wrong with that. */
const asking = signal<{ path: string; error: ApiError | null } | null>(null)

export async function askForFolder(): Promise<void> {
  const folder = isNativeWindow.peek() ? await chooseFolder().catch(noDialog) : undefined
  if (folder === undefined) asking.value = { path: "", error: null }
  else if (folder !== null) await add(folder)
}

/** The window may be one that has no dialogs: then the path is typed there too. */
function noDialog(error: unknown): undefined {
  if (!(error instanceof ApiError)) throw error
}

async function add(path: string): Promise<void> {
  try {
    const fresh = await addSite(path)
    asking.value = null
    navigate(paths.runs(fresh.slug))
  } catch (error) {
    refused(path, error)
  }
}

/** The path stays where it can be corrected. */
function refused(path: string, error: unknown): void {
  if (!(error instanceof ApiError)) throw error
  asking.value = { path, error }
}

export function AddFolderDialog() {
  if (asking.value === null) return null
  return <PathDialog key="add-folder" start={asking.value.path} error={asking.value.error} />
}

function PathDialog({ start, error }: { start: string; error: ApiError | null }) {
  const [path, setPath] = useState(start)
  const [isBusy, setBusy] = useState(false)
  const close = () => (asking.value = null)
  const submit = async (event: Event) => {
    event.preventDefault()
    if (path.trim() === "" || isBusy) return
    setBusy(true)
    await add(path.trim())
    setBusy(false)
  }
  return (
    <Dialog title={t("sites.add")} onClose={close} class="ask">
      <form onSubmit={(event) => void submit(event)}>
        <label for="folder-path">{t("sites.path")}</label>
        <input
          id="folder-path"
          class="field mono"
          autocomplete="off"
          spellcheck={false}
          autofocus
          value={path}
          aria-invalid={error !== null}
          aria-describedby={error ? "folder-error folder-hint" : "folder-hint"}
          onInput={(event) => setPath(event.currentTarget.value)}
        />
        <FieldError id="folder-error" error={error} />
        <p class="hint" id="folder-hint">
          {t("sites.path-hint")}
        </p>
        <DialogActions>
          <Button onClick={close}>{t("shell.cancel")}</Button>
          <Button kind="primary" type="submit" icon="folderPlus" disabled={path.trim() === "" || isBusy}>
            {t("sites.add-do")}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
