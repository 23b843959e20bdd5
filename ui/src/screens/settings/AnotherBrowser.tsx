import { useState } from "preact/hooks"
import { t } from "../../i18n"
import { newLink } from "../../model/desktop"
import { attempt } from "../../model/trouble"
import { Button } from "../../parts/Button"
import { CopyButton } from "../../parts/CopyButton"
import { Row } from "./Settings"

/** A link that lets in the browser in which it is opened, once. */
export function AnotherBrowser() {
  const [link, setLink] = useState<string | null>(null)
  const make = () => attempt(newLink().then(setLink))
  return (
    <Row id="another" name={t("program.another")} what={t("program.another-what")}>
      {link !== null && (
        <div class="command-line" role="status">
          <code>{link}</code>
          <CopyButton text={link} label={t("program.another-copy")} />
        </div>
      )}
      <Button icon="link" onClick={() => void make()}>
        {t(link === null ? "program.another-do" : "program.another-again")}
      </Button>
    </Row>
  )
}
