import { expect, test } from "vitest"
import { eventParser } from "../../src/model/sse"

test("an event may be cut anywhere", () => {
  const text = "id: 7\nevent: run\ndata: {\"id\":\ndata: 1}\n\n: heartbeat\n\n"
  const parse = eventParser()
  const found = [...text].flatMap((character) => parse(character))
  expect(found).toEqual([{ id: "7", kind: "run", data: '{"id":\n1}' }])
})

test("line ends may be LF, CRLF or CR", () => {
  const parse = eventParser()
  expect(parse("data: a\r\n\r\ndata: b\r\rdata: c\n\n").map((event) => event.data)).toEqual(["a", "b", "c"])
})

test("an id holds for the events after it", () => {
  const parse = eventParser()
  expect(parse("id: 3\ndata: a\n\ndata: b\n\n").map((event) => event.id)).toEqual(["3", "3"])
})
