import { t } from "../../../i18n"
import type { RunWhole } from "../../../model/types"
import { StreamBlock } from "../StreamBlock"
import { Empty } from "./Empty"

export function StderrTab({ run }: { run: RunWhole }) {
  if (run.stderr === null) return <Empty>{t("stream.running")}</Empty>
  if (run.stderr === "") return <Empty hint={t("stderr.hint")}>{t("stderr.none")}</Empty>
  return <StreamBlock title={t("tab.stderr")} run={run.id} stream="stderr" text={run.stderr} whole={run.stderr_size} />
}
