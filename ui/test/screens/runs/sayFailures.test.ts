import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { atMostEvery } from "../../../src/screens/runs/sayFailures"

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test("the first is said at once, of a burst only the last, after the pause", () => {
  const said: number[] = []
  const every = atMostEvery(5_000, (value: number) => said.push(value))
  every.offer(1)
  expect(said).toEqual([1])
  every.offer(2)
  every.offer(3)
  vi.advanceTimersByTime(4_999)
  expect(said).toEqual([1])
  vi.advanceTimersByTime(1)
  expect(said).toEqual([1, 3])
})

test("after a quiet pause the next is said at once again", () => {
  const said: number[] = []
  const every = atMostEvery(5_000, (value: number) => said.push(value))
  every.offer(1)
  vi.advanceTimersByTime(5_000)
  every.offer(2)
  expect(said).toEqual([1, 2])
  every.stop()
})
