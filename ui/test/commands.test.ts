import { expect, test } from "vitest"
import { addCommands, command, commands, type Command } from "../src/commands"

const one = (id: string, keys: string[] = []): Command => ({ id, keys, title: () => id, group: "page", run: () => undefined })

test("a screen's commands go with the screen", () => {
  const remove = addCommands([one("a", ["A"])])
  expect(command("a")?.keys).toEqual(["A"])
  remove()
  expect(commands.value).toEqual([])
})

test("two actions on one key are refused", () => {
  const remove = addCommands([one("a", ["A"])])
  expect(() => addCommands([one("b", ["A"])])).toThrow("key A belongs to a and b")
  expect(() => addCommands([one("a")])).toThrow("id a")
  remove()
})
