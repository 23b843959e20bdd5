import { expect, test } from "vitest"
import { readableTarget, targetParts } from "../../../src/screens/runs/target"

test.each([
  ["/cgi-bin/hello.py?page=2", "cgi-bin/hello.py", "/cgi-bin/", "?page=2"],
  ["/cgi-bin/env.c/extra/path", "cgi-bin/env.c", "/cgi-bin/", "/extra/path"],
  ["/scripts/hello.py", "cgi-bin/hello.py", "/scripts/", ""],
  ["/a.py/a.py", "a.py", "/", "/a.py"],
  ["/cgi-bin/hello.py?next=/hello.py/", "cgi-bin/hello.py", "/cgi-bin/", "?next=/hello.py/"],
])("%s names its script", (target, script, before, after) => {
  expect(targetParts(target, script)).toEqual({ before, script: script.split("/").at(-1), after })
})

test("a folder that was asked for does not name its index script", () => {
  expect(targetParts("/?q=1", "htdocs/index.php")).toEqual({ before: "", script: "index.php", after: "?q=1" })
})

test("letters are shown as letters, separators as they were sent", () => {
  expect(readableTarget("?q=%E4%BD%A0&a=1%26b%3D2&bad=%FF")).toBe("?q=你&a=1%26b%3D2&bad=%FF")
})
