import { commands, type Command } from "../commands"
import { t } from "../i18n"
import { shownKey } from "../keys"
import { singleKeys } from "../model/settings"
import { paths } from "../router"
import { Dialog } from "./Dialog"
import { isKeySheetOpen } from "./programCommands"

const GROUPS: Command["group"][] = ["go", "site", "runs", "page"]

/** Every key that works on this screen (`?`), read from the registry. */
export function KeySheet() {
  if (!isKeySheetOpen.value) return null
  const close = () => (isKeySheetOpen.value = false)
  const withKeys = commands.value.filter((one) => one.keys?.length)
  return (
    <Dialog title={t("keys.title")} onClose={close} class="keys">
      <div class="keys-groups">
        {GROUPS.map((group) => (
          <Group key={group} group={group} items={withKeys.filter((one) => one.group === group)} />
        ))}
      </div>
      <p class="keys-foot">
        {t(singleKeys.value ? "keys.single-on" : "keys.single-off")}{" "}
        <a class="link" href={paths.settings()} onClick={close}>
          {t("keys.change")}
        </a>
      </p>
    </Dialog>
  )
}

function Group({ group, items }: { group: Command["group"]; items: Command[] }) {
  if (items.length === 0) return null
  return (
    <section>
      <h3>{t(`keys.group-${group}`)}</h3>
      <dl>
        {items.map((one) => (
          <div key={one.id}>
            <dt>{one.title()}</dt>
            <dd>
              {one.keys?.map((key) => (
                <kbd key={key}>{shownKey(key)}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
