/** Removing a site from Gatehouse; asks first. */
import { signal } from "@preact/signals"
import { t } from "../../i18n"
import { forgetSite, site } from "../../model/sites"
import { attempt } from "../../model/trouble"
import { Button } from "../../parts/Button"
import { Dialog, DialogActions } from "../../parts/Dialog"
import { navigate, paths, route } from "../../router"

const asked = signal<string | null>(null)

export function askToForget(slug: string): void {
  asked.value = slug
}

export function ForgetDialog() {
  const slug = asked.value
  if (slug === null) return null
  const close = () => (asked.value = null)
  const known = site(slug).value
  const forget = async () => {
    close()
    const at = route.peek()
    if ((await attempt(forgetSite(slug))) && "site" in at && at.site === slug) navigate(paths.sites(), { replace: true })
  }
  return (
    <Dialog title={t("forget.title", { name: known?.name ?? slug })} onClose={close} class="ask">
      <p>{t("forget.what")}</p>
      <p>
        {t("forget.files")} <code class="path">{known?.folder}</code>
      </p>
      <DialogActions>
        <Button onClick={close} autoFocus>
          {t("shell.cancel")}
        </Button>
        <Button kind="danger" icon="trash" onClick={() => void forget()}>
          {t("forget.do")}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
