import type { ComponentChildren } from "preact"
import { command } from "../../commands"
import { t } from "../../i18n"
import { dataFolder, version } from "../../model/app"
import { changeSettings } from "../../model/change-settings"
import { language, singleKeys, theme, tourHidden } from "../../model/settings"
import { attempt } from "../../model/trouble"
import { Button } from "../../parts/Button"
import { Choices } from "../../parts/Choices"
import { CopyButton } from "../../parts/CopyButton"
import { Switch } from "../../parts/Switch"
import { AnotherBrowser } from "./AnotherBrowser"
import { LockOut } from "./LockOut"
import { OwnWindow } from "./OwnWindow"
import { Quit } from "./Quit"

/** The program's own settings.  Each is in force at once, in every window. */
export function Settings() {
  const change = (changes: Parameters<typeof changeSettings>[0]) => void attempt(changeSettings(changes))
  return (
    <div class="scroll">
      <header class="top">
        <h1>{t("shell.settings")}</h1>
      </header>
      <div class="settings">
        <section aria-labelledby="look">
          <h2 id="look">{t("program.look")}</h2>
          <Row id="theme" name={t("program.theme")}>
            <Choices
              name="theme"
              labelledBy="theme"
              value={theme.value}
              onChange={(to) => change({ theme: to })}
              of={[
                { value: "system", title: t("program.theme-system"), icon: "monitor" },
                { value: "light", title: t("program.theme-light"), icon: "sun" },
                { value: "dark", title: t("program.theme-dark"), icon: "moon" },
              ]}
            />
          </Row>
          <Row id="language" name={t("program.language")}>
            <Choices
              name="language"
              labelledBy="language"
              value={language.value}
              onChange={(to) => change({ language: to })}
              of={[
                { value: "en", title: "English", lang: "en" },
                { value: "zh-CN", title: "简体中文", lang: "zh-CN" },
              ]}
            />
          </Row>
          <Row id="single-keys" name={t("program.keys")} what={t("program.keys-what")}>
            <Switch id="single-keys-switch" labelledBy="single-keys" isOn={singleKeys.value} onChange={(on) => change({ single_keys: on })} />
            <Button kind="ghost" size="small" icon="keyboard" onClick={() => command("keys")?.run()}>
              {t("command.keys")}
            </Button>
          </Row>
          <Row id="tour" name={t("program.tour")} what={t("program.tour-what")}>
            <Switch id="tour-switch" labelledBy="tour" isOn={!tourHidden.value} onChange={(on) => change({ tour_hidden: !on })} />
          </Row>
        </section>
        <section aria-labelledby="ways">
          <h2 id="ways">{t("program.ways")}</h2>
          <OwnWindow />
          <AnotherBrowser />
          <LockOut />
        </section>
        <section aria-labelledby="program">
          <h2 id="program">{t("program.program")}</h2>
          <Row id="data" name={t("program.data")} what={t("program.data-what")}>
            <div class="command-line">
              <code>{dataFolder.value}</code>
              <CopyButton text={dataFolder.value} label={t("settings.copy-path")} />
            </div>
          </Row>
          <Row id="version" name={t("program.version")}>
            <span class="num">Gatehouse {version.value}</span>
          </Row>
          <Quit />
        </section>
      </div>
    </div>
  )
}

export function Row({ id, name, what, children }: { id: string; name: string; what?: ComponentChildren; children?: ComponentChildren }) {
  return (
    <div class="setting">
      <div class="setting-about">
        <b id={id}>{name}</b>
        {what && <p>{what}</p>}
      </div>
      <div class="setting-value">{children}</div>
    </div>
  )
}
