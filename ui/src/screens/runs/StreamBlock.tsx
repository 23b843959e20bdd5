import { useMemo, useState } from "preact/hooks"
import { t } from "../../i18n"
import { size } from "../../i18n/format"
import { openAddress } from "../../model/desktop"
import { downloadAddress, type Stream } from "../../model/outputs"
import { isNativeWindow } from "../../model/session"
import { attempt } from "../../model/trouble"
import type { RunId, Text } from "../../model/types"
import { Block } from "../../parts/Block"
import { Button } from "../../parts/Button"
import { CopyButton } from "../../parts/CopyButton"
import { asText, bytesOf, hexLines, SHOWN, visible } from "./text"

interface StreamBlockProps {
  title: string
  run: RunId
  stream: Stream
  text: Text
  /** Bytes in all, where fewer are kept. */
  whole: number | null
  isRevealed?: boolean
}

/** The bytes of one stream: as text, or in hexadecimal where they are none; never as markup. */
export function StreamBlock({ title, run, stream, text, whole, isRevealed = false }: StreamBlockProps) {
  // Kept: a mebibyte takes its time, and what else happens to the run draws this again.
  const bytes = useMemo(() => bytesOf(text), [text])
  const isCut = whole !== null && whole > bytes.length
  const readable = useMemo(() => asText(text, isCut), [text, isCut])
  const download = async () => save(await downloadAddress(run, stream, isRevealed))
  return (
    <Block
      title={title}
      hint={size(whole ?? bytes.length)}
      acts={
        <>
          {readable !== null && <CopyButton text={readable.text}>{t("shell.copy")}</CopyButton>}
          <Button kind="ghost" size="small" icon="download" onClick={() => void attempt(download())}>
            {t("stream.download")}
          </Button>
        </>
      }
    >
      <div class="frame">
        {isCut && (
          <p class="notice">{t(stream === "stderr" ? "stream.cut.ends" : "stream.cut", { kept: size(bytes.length), whole: size(whole) })}</p>
        )}
        {readable?.isSpelt && <p class="notice">{t("stream.spelt")}</p>}
        {readable === null ? <Hex bytes={bytes} /> : <Lines text={readable.text} />}
      </div>
    </Block>
  )
}

function Lines({ text }: { text: string }) {
  const [isWhole, setWhole] = useState(false)
  const shown = isWhole || text.length <= SHOWN ? text : text.slice(0, SHOWN)
  return (
    <>
      <pre class="code">{visible(shown)}</pre>
      {shown !== text && (
        <p class="notice">
          {t("stream.long", { shown: SHOWN, whole: text.length })}{" "}
          <button type="button" class="link-button" onClick={() => setWhole(true)}>
            {t("stream.more")}
          </button>
        </p>
      )}
    </>
  )
}

const HEX_SHOWN = 4096

function Hex({ bytes }: { bytes: Uint8Array }) {
  const isCut = bytes.length > HEX_SHOWN
  return (
    <>
      <p class="notice">{t(isCut ? "stream.binary.cut" : "stream.binary", { size: size(bytes.length), shown: size(HEX_SHOWN) })}</p>
      <pre class="code hex">{hexLines(bytes, HEX_SHOWN)}</pre>
    </>
  )
}

/** The answer says that it is a file, so the page stays.  Our own window saves no files: the person's browser does. */
async function save(address: string): Promise<void> {
  if (isNativeWindow.peek()) {
    await openAddress(address)
    return
  }
  const link = document.createElement("a")
  link.href = address
  link.download = ""
  link.click()
}
