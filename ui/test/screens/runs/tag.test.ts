import { afterEach, expect, test } from "vitest"
import { catalogues } from "../../../src/i18n"
import { language } from "../../../src/model/settings"
import { tagWord } from "../../../src/screens/runs/tag"
import diagnoses from "../../../../app/diagnose/words/en.json"
import { aSummary } from "./values"

afterEach(() => void (language.value = "en"))

test("every cause has its word", () => {
  const without = Object.keys(diagnoses).filter((slug) => !Object.hasOwn(catalogues.en, `tag.${slug}`))
  expect(without).toEqual([])
})

test("the word is in the language of the page", () => {
  const run = aSummary({ verdict: "failed", tag: "no-exec-bit" })
  expect(tagWord(run)).toBe("No +x")
  language.value = "zh-CN"
  expect(tagWord(run)).toBe("缺 +x")
})

test("a cause of a newer version is a failure all the same", () => {
  expect(tagWord(aSummary({ verdict: "failed", tag: "from-the-future" }))).toBe("Failed")
})

test("a run that went well, or goes on, has none", () => {
  expect(tagWord(aSummary())).toBeNull()
  expect(tagWord(aSummary({ is_running: true, verdict: null, status: null }))).toBeNull()
})
