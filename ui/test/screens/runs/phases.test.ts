import { expect, test } from "vitest"
import { phases } from "../../../src/screens/runs/phases"

const named = (timings: Parameters<typeof phases>[0]) => Object.fromEntries(phases(timings).map(({ name, ms }) => [name, ms]))

test("the stretches of a run make up its whole", () => {
  expect(named({ queue: 0, spawn: 2, first_byte: 20, total: 31 })).toEqual({ spawn: 2, first_byte: 20, body: 9 })
})

test("waiting in the queue comes before the run's own time", () => {
  expect(named({ queue: 500, spawn: 2, first_byte: 20, total: 31 })).toMatchObject({ queue: 500, body: 9 })
})

test("a run that printed nothing was silent; there was no first byte", () => {
  expect(named({ queue: 0, spawn: 2, first_byte: null, total: 30_000 })).toEqual({ spawn: 2, silent: 29_998 })
})

test("a running one has no stretches yet", () => {
  expect(phases({ queue: null, spawn: null, first_byte: null, total: null })).toEqual([])
})

test("clocks that disagree by a little make no negative stretch", () => {
  expect(named({ queue: 0, spawn: 2, first_byte: 31, total: 32 })).toEqual({ spawn: 2, first_byte: 31 })
})
