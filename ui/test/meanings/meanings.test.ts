import { afterEach, expect, test } from "vitest"
import { isMetaVariable, meaningOfHeader, meaningOfVariable } from "../../src/meanings"
import { language } from "../../src/model/settings"

afterEach(() => void (language.value = "en"))

// RFC 3875 §4.1.1 to 4.1.17.
const OF_THE_RFC =
  "AUTH_TYPE CONTENT_LENGTH CONTENT_TYPE GATEWAY_INTERFACE PATH_INFO PATH_TRANSLATED QUERY_STRING REMOTE_ADDR REMOTE_HOST REMOTE_IDENT REMOTE_USER REQUEST_METHOD SCRIPT_NAME SERVER_NAME SERVER_PORT SERVER_PROTOCOL SERVER_SOFTWARE".split(" ")

test.each(["en", "zh-CN"] as const)("every meta-variable of the RFC has a meaning that names its section (%s)", (spoken) => {
  language.value = spoken
  expect(OF_THE_RFC.filter((name) => !/RFC\u00a03875\u00a0§4\.1\.\d/.test(meaningOfVariable(name) ?? ""))).toEqual([])
})

test("the sections are the RFC's own numbers", () => {
  expect(OF_THE_RFC.map((name) => Number(/§4\.1\.(\d+)/.exec(meaningOfVariable(name) ?? "")?.[1]))).toEqual(OF_THE_RFC.map((_, n) => n + 1))
})

test("a variable that came from a header says which, with that header's meaning", () => {
  expect(meaningOfVariable("HTTP_ACCEPT_LANGUAGE")).toMatch(/^From the header Accept-Language\. Which languages/)
  expect(meaningOfVariable("HTTP_X_TOUR")).toBe("From the header X-Tour.")
})

test("names of headers may be written in any case; what is unknown has no meaning", () => {
  expect(meaningOfHeader("CONTENT-type")).toContain("media type")
  expect(meaningOfHeader("X-Tour")).toBeNull()
  expect(meaningOfHeader("constructor")).toBeNull()
})

test("what CGI tells of the request is apart from the rest of the environment", () => {
  expect(["QUERY_STRING", "HTTP_HOST", "SCRIPT_FILENAME"].every(isMetaVariable)).toBe(true)
  expect(["PATH", "LANG", "PYTHONPATH", "SCRIPTS"].some(isMetaVariable)).toBe(false)
})
