import { expect, test } from "vitest"
import { search } from "../../src/parts/palette-search"

const names = ["Go to Sites", "Go to Settings", "Settings of this site", "Dark theme", "前往设置"]
const find = (typed: string) => search(names, typed, (name) => name)

test("nothing typed: everything, in its order", () => {
  expect(find(" ")).toEqual(names)
})

test("the beginning of the name comes before the beginning of a word", () => {
  expect(find("set")).toEqual(["Settings of this site", "Go to Settings"])
})

test("letters in their order are enough", () => {
  expect(find("drkth")).toEqual(["Dark theme"])
  expect(find("zzz")).toEqual([])
})

test("Chinese is found within the sentence", () => {
  expect(find("设置")).toEqual(["前往设置"])
})
