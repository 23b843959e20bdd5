"""What the API answers with, as JSON Schema: the shapes of ui/src/model/types.ts, made by views.py and app.runs."""

from collections.abc import Mapping
from typing import Any

Schema = dict[str, Any]


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def thing(**properties: Schema) -> Schema:
    """An object that always has all of these."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def listing(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def nullable(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def mapping_to(values: Schema) -> Schema:
    """An object whose names are data."""
    return {"type": "object", "additionalProperties": values}


def choice(*values: str) -> Schema:
    return {"type": "string", "enum": list(values)}


def says(meaning: str, schema: Schema) -> Schema:
    return {**schema, "description": meaning}


ANYTHING: Schema = {}
STRING: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer"}
NUMBER: Schema = {"type": "number"}
YES_NO: Schema = {"type": "boolean"}
OBJECT: Schema = {"type": "object"}
MOMENT: Schema = {"type": "string", "format": "date-time", "description": "ISO 8601, in UTC."}
DONE: Schema = thing(ok={"type": "boolean", "const": True})
"""The answer of an act that has nothing else to say."""

MAYBE_STRING = nullable(STRING)
MAYBE_WHOLE = nullable(WHOLE)
MAYBE_NUMBER = nullable(NUMBER)
TEXT = ref("Text")
MAYBE_TEXT = nullable(TEXT)
PAIRS = listing({"type": "array", "prefixItems": [STRING, TEXT], "minItems": 2, "maxItems": 2})
VERDICT = choice("good", "suspicious", "failed")
END = choice("exited", "signalled", "timed_out", "not_started", "interrupted")

COMPONENTS: Mapping[str, Schema] = {
    "Error": thing(
        ok={"type": "boolean", "const": False},
        status=says("The HTTP status again.", WHOLE),
        slug=says("Names the failure; never changes.", STRING),
        error=says("What is wrong, in the language of Accept-Language.", STRING),
        fix=says("What to do.", STRING),
    ),
    "Text": {
        "description": "Bytes: text where they are valid UTF-8.",
        "anyOf": [STRING, {**thing(**{"$base64": STRING}), "additionalProperties": False}],
    },
    "Problem": thing(slug=STRING, params=OBJECT, error=STRING, fix=STRING),
    "LastFailure": thing(
        id=WHOLE, started=MOMENT, script=STRING, status=MAYBE_WHOLE, title_slug=MAYBE_STRING, title_params=OBJECT
    ),
    "Site": thing(
        id=WHOLE,
        slug=says("Its name in addresses.", STRING),
        name=STRING,
        folder=STRING,
        url=says("Ends with '/'; null while there is no port.", MAYBE_STRING),
        port=MAYBE_WHOLE,
        state=choice("serving", "stopped", "starting", "problem"),
        problem=nullable(ref("Problem")),
        is_sample=YES_NO,
        scripts=says("How many it has.", WHOLE),
        languages=listing(STRING),
        runs_today=WHOLE,
        failed_today=WHOLE,
        median_ms=says("Of today's runs.", MAYBE_NUMBER),
        activity=says(
            "Sixty slices from local midnight to now: [runs, failed].",
            listing({"type": "array", "items": WHOLE, "minItems": 2, "maxItems": 2}),
        ),
        last_failure=nullable(ref("LastFailure")),
        added=MOMENT,
    ),
    "Summary": thing(
        id=WHOLE,
        site=says("The site's slug.", STRING),
        started=MOMENT,
        method=STRING,
        target=says("Secrets are masked.", STRING),
        script=STRING,
        status=MAYBE_WHOLE,
        verdict=nullable(VERDICT),
        end=nullable(END),
        exit=MAYBE_WHOLE,
        signal=MAYBE_WHOLE,
        tag=says("Slug of the first explanation.", MAYBE_STRING),
        total_ms=MAYBE_NUMBER,
        is_running=YES_NO,
    ),
    "RunPage": thing(
        runs=says("Newest first.", listing(ref("Summary"))),
        total=says("Of the site, whatever was asked for.", WHOLE),
        failed=WHOLE,
        median_ms=MAYBE_NUMBER,
    ),
    "Explanation": thing(
        slug=STRING,
        title=STRING,
        what=STRING,
        why=STRING,
        fix=thing(text=STRING, steps=listing(ANYTHING), automatic=choice("yes", "ask", "no")),
        evidence=listing(thing(name=STRING, label=STRING, value=STRING)),
        certainty=choice("certain", "likely", "hint"),
        params=OBJECT,
    ),
    "Run": thing(
        id=WHOLE,
        site=STRING,
        site_name=STRING,
        started=MOMENT,
        is_running=YES_NO,
        request=thing(method=STRING, target=TEXT, version=MAYBE_STRING, headers=PAIRS),
        script=STRING,
        program=MAYBE_TEXT,
        argv=listing(TEXT),
        cwd=MAYBE_TEXT,
        file=nullable(thing(mode=STRING, size=WHOLE, shebang=MAYBE_TEXT)),
        meta_variables=mapping_to(TEXT),
        fields=mapping_to(listing(TEXT)),
        files=listing(thing(name=STRING, filename=STRING, type=MAYBE_STRING, size=MAYBE_WHOLE)),
        cookies=mapping_to(TEXT),
        stdin=MAYBE_TEXT,
        stdin_size=MAYBE_WHOLE,
        response=nullable(
            thing(
                status=MAYBE_WHOLE,
                headers=PAIRS,
                body=MAYBE_TEXT,
                body_size=MAYBE_WHOLE,
                kind=MAYBE_STRING,
                header_error=ANYTHING,
                is_replaced=YES_NO,
                content_type=MAYBE_STRING,
            )
        ),
        stdout=MAYBE_TEXT,
        stdout_size=MAYBE_WHOLE,
        stderr=MAYBE_TEXT,
        stderr_size=MAYBE_WHOLE,
        outcome=thing(
            end=nullable(END),
            exit=MAYBE_WHOLE,
            signal=MAYBE_WHOLE,
            signal_name=MAYBE_STRING,
            errno=MAYBE_WHOLE,
            errno_name=MAYBE_STRING,
            limit=MAYBE_STRING,
            limit_value=MAYBE_NUMBER,
            interrupted_by=MAYBE_STRING,
        ),
        timings_ms=thing(queue=MAYBE_NUMBER, spawn=MAYBE_NUMBER, first_byte=MAYBE_NUMBER, total=MAYBE_NUMBER),
        usage=nullable(thing(user_ms=NUMBER, system_ms=MAYBE_NUMBER, peak_kib=MAYBE_WHOLE, peak_is_bound=YES_NO)),
        verdict=nullable(VERDICT),
        explanations=says("Best first.", listing(ref("Explanation"))),
        notes=listing(thing(slug=STRING, params=OBJECT)),
        redirected_from=says("The run whose local redirect led here.", MAYBE_WHOLE),
    ),
    "StaticRequest": thing(
        started=MOMENT, method=STRING, target=STRING, status=WHOLE, size=MAYBE_WHOLE, total_ms=MAYBE_NUMBER
    ),
    "Statics": thing(
        items=says("The newest, newest first.", listing(ref("StaticRequest"))), count=says("Of all.", WHOLE)
    ),
    "SiteSettings": thing(
        path=says("Where gatehouse.toml is, or will be when the first setting is changed.", STRING),
        writable=YES_NO,
        problem=nullable(ref("Problem")),
        notices=says("Keys of the file that have no effect.", listing(ref("Problem"))),
        values=says("By dotted name.", mapping_to(ANYTHING)),
        origins=mapping_to(choice("default", "recognised", "file", "database")),
    ),
    "Settings": {
        "type": "object",
        "properties": {
            "language": choice("en", "zh-CN"),
            "theme": choice("system", "light", "dark"),
            "tour_hidden": YES_NO,
            "single_keys": YES_NO,
        },
        "description": "What the person has chosen; what they have not is left out.",
    },
    "Notice": thing(slug=STRING, params=OBJECT),
    "State": {
        "allOf": [
            ref("Settings"),
            thing(
                version=STRING,
                sites=listing(ref("Site")),
                window=thing(
                    native=YES_NO,
                    backend=MAYBE_STRING,
                    setup=thing(possible=YES_NO, command=MAYBE_STRING, qt_mib=MAYBE_NUMBER),
                ),
                data_folder=STRING,
                notices=listing(ref("Notice")),
                last_event=says("For Last-Event-ID: the stream then tells what came after this state.", STRING),
            ),
        ]
    },
}
"""Shapes that have a name in the OpenAPI document."""
