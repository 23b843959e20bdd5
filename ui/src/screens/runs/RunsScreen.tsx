import { t } from "../../i18n"
import type { RunId } from "../../model/types"
import { Split } from "../../parts/Split"
import { Inspector } from "./Inspector"
import { RunsPane } from "./RunsPane"
import { useFailuresSaid } from "./sayFailures"
import { useRunsCommands } from "./useRunsCommands"
import { isNarrow, useView } from "./view"

/** The runs of one site: the list, and all of one run beside it; on a narrow screen one after the other. */
export function RunsScreen({ site, run, query }: { site: string; run: RunId | null; query: URLSearchParams }) {
  const view = useView(site, run, query)
  useRunsCommands(view)
  useFailuresSaid(site)
  if (isNarrow.value) return run === null ? <RunsPane view={view} /> : <Inspector view={view} />
  return (
    <Split name="list-width" label={t("runs.divider")} start={404} least={300} first={<RunsPane view={view} />} second={<Inspector view={view} />} />
  )
}
