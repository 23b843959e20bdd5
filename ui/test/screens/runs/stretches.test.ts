import { expect, test } from "vitest"
import { stretches } from "../../../src/screens/runs/stretches"

const TRACEBACK = `Traceback (most recent call last):
  File "/sites/guest/cgi-bin/guestbook.py", line 31, in <module>
    save(read_form())
  File "/usr/lib/python3.13/contextlib.py", line 85, in inner
    return func(*args, **kwds)
           ^^^^^^^^^^^^^^^^^^^
  File "/sites/guest/cgi-bin/guestbook.py", line 14, in save
    name = form["name"].strip()
  File "<frozen os>", line 685, in __getitem__
KeyError: 'name'`

test("library code is apart from the site's own", () => {
  expect(stretches(TRACEBACK, "/sites/guest").map(({ isLibrary, lines }) => [isLibrary, lines.length])).toEqual([
    [false, 3],
    [true, 3],
    [false, 2],
    [true, 1],
    [false, 1],
  ])
})

test("the innermost call of the site's own is where the mistake is", () => {
  const found = stretches(TRACEBACK, "/sites/guest").find((part) => part.culprit >= 0)
  expect(found?.lines[found.culprit]).toContain("line 14, in save")
})

test("a folder whose name only begins the same is another", () => {
  expect(stretches('  File "/sites/guest2/a.py", line 1, in b', "/sites/guest")[0]?.isLibrary).toBe(true)
})

test("a relative name is the site's own, and nothing is lost", () => {
  const text = 'Traceback (most recent call last):\n  File "a.py", line 1\n    x =\nSyntaxError: invalid syntax'
  const parts = stretches(text, "/sites/guest")
  expect(parts).toHaveLength(1)
  expect(parts.flatMap((part) => part.lines).join("\n")).toBe(text)
})
