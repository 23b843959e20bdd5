import pytest

from app.supervisor.slugs import slug_for


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        pytest.param("guestbook", "guestbook", id="a plain name stays"),
        pytest.param("Guest  Book!", "guest-book", id="capitals, blanks and signs"),
        pytest.param("my_site.v2", "my-site-v2", id="underscores and dots"),
        pytest.param("课程网站", "课程网站", id="letters of every script stay"),
        pytest.param("Cafe\u0301", "café", id="an accent of its own, as macOS has it"),
        pytest.param("...", "site", id="nothing is left"),
        pytest.param("x" * 99, "x" * 40, id="too long"),
    ],
)
def test_the_slug_is_the_folder_name_made_fit_for_addresses(name, slug):
    assert slug_for(name, ()) == slug


def test_a_taken_slug_is_numbered():
    assert slug_for("site", {"site", "site-2"}) == "site-3"
