import { expect, test } from "vitest"
import { interpreterOf } from "../../../src/screens/runs/interpreter"

const script = "cgi-bin/a.py"
const program = "/s/cgi-bin/a.py"

test.each([
  ["#!/usr/bin/env python3", "python3"],
  ["#!/usr/bin/env -S python3 -u", "python3"],
  ["#! /usr/bin/perl -w", "perl"],
  ["#!/bin/sh\r", "sh"],
])("%s names %s", (shebang, name) => {
  expect(interpreterOf({ script, program, file: { mode: "755", size: 1, shebang } })).toBe(name)
})

test("an interpreter that Gatehouse put in its place is the one", () => {
  expect(interpreterOf({ script, program: "/usr/bin/python3.13", file: null })).toBe("python3.13")
})

test("a program that is no script has none", () => {
  expect(interpreterOf({ script, program, file: { mode: "755", size: 1, shebang: null } })).toBeNull()
})
