import { useEffect } from "preact/hooks"
import { t, tp } from "../../i18n"
import { problem } from "../../i18n/server-words"
import { readSiteSettings, siteSettings } from "../../model/site-settings"
import { site } from "../../model/sites"
import type { SiteSettings as Loaded } from "../../model/types"
import { Banner } from "../../parts/Banner"
import { Button } from "../../parts/Button"
import { CopyButton } from "../../parts/CopyButton"
import { Trouble } from "../../parts/Notices"
import { Words } from "../../parts/Words"
import { siteActs } from "./acts"
import { ClearRuns } from "./ClearRuns"
import { layoutWords } from "./layout-words"
import { GROUPS } from "./setting-kinds"
import { SettingRow } from "./SettingRow"

/** Every key of the site's gatehouse.toml: what it is, where it comes from, and its change in place. */
export function SiteSettings({ slug }: { slug: string }) {
  const { settings, error } = siteSettings(slug).value
  // Anew at each visit: the file may have been edited by hand.
  useEffect(() => void readSiteSettings(slug), [slug])
  return (
    <div class="scroll">
      <div class="settings">
        {error && <Trouble error={error} />}
        {settings && (
          <>
            <Recognised settings={settings} slug={slug} />
            <Problems settings={settings} slug={slug} />
            {(Object.keys(GROUPS) as (keyof typeof GROUPS)[]).map((group) => (
              <section key={group} aria-labelledby={`group-${group}`}>
                <h2 id={`group-${group}`}>{t(`settings.group-${group}`)}</h2>
                {GROUPS[group].map((name) => (
                  <SettingRow key={name} slug={slug} name={name} value={settings.values[name]} origin={settings.origins[name] ?? "default"} />
                ))}
                {group === "keep" && <ClearRuns slug={slug} />}
              </section>
            ))}
          </>
        )}
      </div>
    </div>
  )
}

/** What was found in the folder, in words, and where its settings are kept. */
function Recognised({ settings, slug }: { settings: Loaded; slug: string }) {
  const { folder } = siteActs(slug)
  return (
    <section class="recognised" aria-labelledby="recognised">
      <h2 id="recognised">{t("settings.recognised")}</h2>
      <p>
        <code class="path">{site(slug).value?.folder}</code>
      </p>
      <ul>
        {layoutWords(settings).map((pieces) => (
          <li>
            <Words pieces={pieces} />
          </li>
        ))}
      </ul>
      <p class="hint">
        <Words pieces={tp(settings.writable ? "settings.kept-file" : "settings.kept-database")} />
      </p>
      <div class="path-line">
        <div class="command-line">
          <code>{settings.path}</code>
          <CopyButton text={settings.path} label={t("settings.copy-path")} />
        </div>
        <Button kind="ghost" icon="folder" onClick={folder.run}>
          {folder.title()}
        </Button>
      </div>
    </section>
  )
}

/** The frame above already shows a problem of the site; here stands what only concerns the file. */
function Problems({ settings, slug }: { settings: Loaded; slug: string }) {
  const isSaid = site(slug).value?.problem?.slug === settings.problem?.slug
  const all = [...(settings.problem && !isSaid ? [settings.problem] : []), ...settings.notices]
  return (
    <div class="boxed-banners">
      {all.map((one) => {
        const words = problem(one)
        return (
          <Banner kind="warn" fix={<Words pieces={words.fix} />}>
            <Words pieces={words.error} />
          </Banner>
        )
      })}
    </div>
  )
}
