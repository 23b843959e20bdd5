"""A site as a textbook has it, made for `python -m http.server --cgi`: it works as it is, on old and new Pythons."""

import re

import pytest


@pytest.fixture
def site(serve, textbook, python_folder):
    return serve(textbook, path=python_folder)


def test_pages_scripts_and_templates_work_with_nothing_set(site):
    status, headers, page = site.get("/")
    assert (status, headers.get_content_type()) == (200, "text/html")
    assert "阅读小组" in page

    status, _headers, page = site.get("/cgi-bin/choose_book.py")
    assert status == 200, page
    assert "<h1>书单 Books</h1>" in page
    assert 'name="which_book" value="红楼梦"' in page


def test_a_radio_button_is_posted_and_the_run_shows_it(site):
    status, _headers, page = site.post("/cgi-bin/show_book.py", {"which_book": "红楼梦"})

    assert status == 200, page
    assert "A stone, a garden, a family." in page
    run = site.latest()
    assert run["fields"] == {"which_book": ["红楼梦"]}
    assert run["verdict"] == "good"
    assert run["stdin"] == "which_book=%E7%BA%A2%E6%A5%BC%E6%A2%A6"
    assert run["meta_variables"]["SCRIPT_NAME"] == "/cgi-bin/show_book.py"


def test_a_row_is_added_and_seen_again(site):
    status, _headers, page = site.post(
        "/cgi-bin/add_note.py", {"book": "The Odyssey", "读者": "小明", "note": "很长的路 <ten years>"}
    )
    assert status == 200, page
    assert "谢谢 小明" in page

    _status, _headers, page = site.post("/cgi-bin/show_book.py", {"which_book": "The Odyssey"})
    assert "小明: 很长的路 &lt;ten years&gt;" in page


def test_a_field_that_is_missing_shows_cgitb_s_page_and_is_explained(site):
    status, _headers, page = site.post("/cgi-bin/show_book.py", {"wrong": "x"})

    assert status == 200
    assert "KeyError" in page
    run = site.latest()
    assert run["explanations"][0]["slug"] == "python-traceback"
    assert run["explanations"][0]["params"]["line"] == 11
    assert "which_book" in run["explanations"][0]["params"]["source"]


def test_the_model_beside_the_scripts_is_never_sent(site):
    status, _headers, page = site.get("/cgi-bin/library.py")

    assert status >= 400
    assert "pickle" not in re.sub(r"library\.py", "", page)


def test_it_works_without_a_language_as_after_a_double_click(serve, textbook, python_folder):
    site = serve(textbook, path=python_folder, LANG=None, LC_ALL=None, LC_CTYPE=None)

    _status, _headers, page = site.get("/cgi-bin/choose_book.py")
    assert "选择" in page
    _status, _headers, page = site.post("/cgi-bin/show_book.py", {"which_book": "红楼梦"})
    assert "<h1>红楼梦</h1>" in page
