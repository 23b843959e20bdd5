import { t, tn } from "../../i18n"
import { tourHidden } from "../../model/settings"
import { sites } from "../../model/sites"
import { Button } from "../../parts/Button"
import { Icon } from "../../parts/Icon"
import { askForFolder } from "./addFolder"
import { SiteCard } from "./SiteCard"
import { Tour } from "./Tour"

/** A card takes two of the three columns while there are this few. */
const FEW = 2

/** Home: what is served, how it fares, and the way to one more. */
export function Sites() {
  const tour = tourHidden.value ? undefined : sites.value.find((site) => site.is_sample)
  const cards = sites.value.filter((site) => site !== tour)
  return (
    <div class="scroll home">
      <header class="home-top">
        <h1>{t("shell.sites")}</h1>
        <Summary />
        <div class="grow" />
        <Button icon="folderPlus" kind={tour ? "plain" : "primary"} onClick={() => void askForFolder()}>
          {t("sites.add")}
        </Button>
      </header>
      {tour && <Tour site={tour} />}
      <div class={cards.length <= FEW ? "cards few" : "cards"}>
        {cards.map((site) => (
          <SiteCard key={site.slug} site={site} />
        ))}
        <AddCard />
      </div>
    </div>
  )
}

function Summary() {
  const serving = sites.value.filter((site) => site.state === "serving").length
  const runs = sites.value.reduce((sum, site) => sum + site.runs_today, 0)
  return <span class="sub num">{t("sites.summary", { serving: tn("sites.serving", serving), runs: tn("sites.runs-today", runs) })}</span>
}

function AddCard() {
  return (
    <section class="add-card" aria-labelledby="add-card">
      <span class="add-icon">
        <Icon name="folderPlus" />
      </span>
      <div>
        <h2 id="add-card">{t("sites.add-title")}</h2>
        <p>
          <button type="button" class="as-link" onClick={() => void askForFolder()}>
            {t("sites.add-choose")}
          </button>{" "}
          {t("sites.add-what")}
        </p>
      </div>
    </section>
  )
}
