import { afterEach, expect, test, vi } from "vitest"
import { RunList, latestFailure, nextFailure, runList, takeRun, forgetRuns } from "../../src/model/run-lists"
import { aSummary } from "../screens/runs/values"
import { answering } from "../api"

afterEach(() => {
  vi.unstubAllGlobals()
  forgetRuns("guest")
})

const page = (ids: number[], total = ids.length) => ({ body: { runs: ids.map((id) => aSummary({ id })), total, failed: 0, median_ms: 31 } })
const from = (first: number, last: number) => Array.from({ length: first - last + 1 }, (_, n) => first - n)

async function listOf(ids: number[]): Promise<RunList> {
  answering({ "GET /api/sites/guest/runs?limit=100": () => page(ids) })
  const list = new RunList("guest", null)
  await list.refresh()
  return list
}

test("a run that came by fetch and by push at once is there once", async () => {
  const list = await listOf([3, 2, 1])
  list.take(aSummary({ id: 3 }), aSummary({ id: 3 }))
  list.take(aSummary({ id: 4 }), undefined)
  expect(list.ids.value).toEqual([4, 3, 2, 1])
  expect(list.total.value).toBe(4)
})

test("a held list stands still and counts, and lets go of all in order", async () => {
  const list = await listOf([2, 1])
  list.hold(true)
  for (const id of [3, 5, 4]) list.take(aSummary({ id }), undefined)
  expect(list.ids.value).toEqual([2, 1])
  expect(list.waiting.value).toBe(3)
  list.hold(false)
  expect(list.ids.value).toEqual([5, 4, 3, 2, 1])
  expect(list.waiting.value).toBe(0)
})

test("older runs are added below, once", async () => {
  const list = await listOf(from(300, 201))
  const asked = answering({ "GET /api/sites/guest/runs?limit=100&before=201": () => page(from(200, 151), 300) })
  await Promise.all([list.loadMore(), list.loadMore()])
  expect(asked).toHaveLength(1)
  expect(list.ids.value).toEqual(from(300, 151))
  expect(list.isWhole.value).toBe(true)
})

test("after a long sleep the list begins anew, without a gap in it", async () => {
  const list = await listOf(from(100, 1))
  answering({ "GET /api/sites/guest/runs?limit=100": () => page(from(900, 801), 900) })
  await list.refresh()
  expect(list.ids.value).toEqual(from(900, 801))
  expect(list.isWhole.value).toBe(false)
})

test("cleared runs can come back under the same list, also those that were held", async () => {
  const list = await listOf([2, 1])
  list.hold(true)
  list.take(aSummary({ id: 3 }), undefined)
  list.empty()
  list.hold(false)
  expect(list.ids.value).toEqual([])
  list.take(aSummary({ id: 1 }), undefined)
  expect(list.ids.value).toEqual([1])
})

test("a run that fails joins the list of failures when it has ended, and is told of", async () => {
  answering({ "GET /api/sites/guest/runs?limit=100&verdict=failed": () => page([]), "GET /api/sites/guest/runs?limit=100": () => page([]) })
  const [all, failed] = [runList("guest"), runList("guest", "failed")]
  await Promise.all([all.refresh(), failed.refresh()])
  takeRun(aSummary({ id: 7, verdict: null, status: null, is_running: true }))
  expect([all.ids.value, failed.ids.value, all.failed.value]).toEqual([[7], [], 0])
  takeRun(aSummary({ id: 7, verdict: "failed", status: 500 }))
  expect([all.ids.value, failed.ids.value, all.failed.value]).toEqual([[7], [7], 1])
  expect(latestFailure.value?.id).toBe(7)
})

test("the next failure is the one below", async () => {
  answering({ "GET /api/sites/guest/runs?limit=100": () => page([]) })
  const list = runList("guest")
  await list.refresh()
  for (const id of [1, 2, 3, 4, 5]) takeRun(aSummary({ id, verdict: id % 2 ? "failed" : "good" }))
  expect([nextFailure(list, null), nextFailure(list, 5), nextFailure(list, 4), nextFailure(list, 1)]).toEqual([5, 3, 3, null])
})

