import io
import json

import pytest

from app.api.fields import Field
from app.api.request import CONTENT_CAP, read_request
from app.errors import GatehouseError

NAME = Field("name", "A name.")


def environ(body=b"", **more):
    return {
        "QUERY_STRING": "",
        "SERVER_PORT": "8610",
        "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": "application/json",
        "wsgi.input": io.BytesIO(body),
        "gatehouse.is_connected": lambda: True,
        **more,
    }


def refused(sent, **declared):
    with pytest.raises(GatehouseError) as caught:
        read_request(sent, **{"query": (), "content": (NAME,), **declared})
    return caught.value.slug, caught.value.status


def test_a_request_is_read_into_plain_values():
    sent = environ(
        json.dumps({"name": "Gästebuch"}).encode(),
        QUERY_STRING="name=a%20b&name=c&other=1",
        HTTP_ACCEPT_LANGUAGE="zh-TW,en;q=0.5",
        HTTP_LAST_EVENT_ID="ab-3",
    )

    request = read_request(sent, query=(NAME,), content=(NAME,))

    assert request.content == {"name": "Gästebuch"}
    assert request.query == {"name": "c"}
    assert (request.language, request.port, request.last_event_id) == ("zh-CN", 8610, "ab-3")


def test_no_body_is_an_empty_one_whatever_its_type():
    assert read_request(environ(CONTENT_LENGTH="", CONTENT_TYPE="text/plain"), query=(), content=(NAME,)).content == {}


def test_fields_that_another_module_knows_pass_unchecked():
    body = b'{"limits.time_s": 60}'

    assert read_request(environ(body), query=(), content=None).content == {"limits.time_s": 60}


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "", "application/jsonp"])
def test_a_body_that_a_form_of_another_page_could_send_is_refused(content_type):
    """Cross-site request forgery without fetch(): a <form enctype="text/plain"> whose text happens to be JSON."""
    assert refused(environ(b'{"name":"x"}', CONTENT_TYPE=content_type)) == ("body-not-json-type", 415)


@pytest.mark.parametrize("body", [b"{", b"\xff", b'{"name": "x"} y', b"[" * 200_000, b"{" + b" " * 10])
def test_a_body_that_is_no_json_is_refused(body):
    assert refused(environ(body)) == ("body-not-json", 400)


@pytest.mark.parametrize("body", [b"[]", b'"x"', b"null", b"7"])
def test_a_body_that_is_no_object_is_refused(body):
    assert refused(environ(body)) == ("body-not-object", 400)


def test_a_body_without_a_length_is_refused():
    assert refused(environ(b"{}", HTTP_TRANSFER_ENCODING="chunked")) == ("body-no-length", 411)
    assert refused(environ(b"{}", CONTENT_LENGTH="-1")) == ("body-no-length", 411)
    assert refused(environ(b"{}", CONTENT_LENGTH="٢")) == ("body-no-length", 411)


@pytest.mark.parametrize("length", [str(CONTENT_CAP + 1), "9" * 5000])
def test_a_large_body_is_refused_before_it_is_read(length):
    sent = environ(CONTENT_LENGTH=length)
    sent["wsgi.input"] = None

    assert refused(sent) == ("body-too-large", 413)
