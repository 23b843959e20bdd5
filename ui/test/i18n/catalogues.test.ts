import { expect, test } from "vitest"
import { catalogues, t, tn, type Key } from "../../src/i18n"
import { fill, pieces, placeholders } from "../../src/i18n/fill"
import { list } from "../../src/i18n/format"
import { language } from "../../src/model/settings"

const keys = Object.keys(catalogues.en) as Key[]

test.each(keys)("%s wants the same parameters and code in both languages", (key) => {
  const { en, "zh-CN": zh } = catalogues
  expect(placeholders(zh[key]).sort()).toEqual(placeholders(en[key]).sort())
  expect(code(zh[key])).toBe(code(en[key]))
  expect(zh[key]).not.toBe("")
})

test("what is counted has both its forms", () => {
  for (const key of keys.filter((one) => one.endsWith("_one"))) expect(keys).toContain(key.replace(/_one$/, "_other"))
})

test("counting follows the language", () => {
  language.value = "en"
  expect(tn("sites.scripts", 1)).toBe("1 script")
  expect(tn("sites.scripts", 1200)).toBe("1,200 scripts")
  language.value = "zh-CN"
  expect(tn("sites.scripts", 1)).toBe("1 个脚本")
  expect(list(["Python", "Perl", "sh"])).toBe("Python、Perl、sh")
  language.value = "en"
  expect(list(["Python", "Perl", "sh"])).toBe("Python, Perl, sh")
})

test("a parameter is never markup", () => {
  expect(pieces("`{a}` and {b}", { a: "`x`", b: "{a}" })).toEqual([
    { text: "`x`", isCode: true },
    { text: " and {a}", isCode: false },
  ])
})

test("a parameter that is missing leaves a readable sentence", () => {
  expect(fill("line {line}")).toBe("line ?")
  expect(t("not-found.site", { slug: "x" })).toBe("There is no site called x")
})

function code(template: string): number {
  return template.split("`").length - 1
}
