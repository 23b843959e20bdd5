"""PHP pages through php-cgi: a form, a cookie and an upload, with modes as an upload leaves them."""

import hashlib
import shutil

import pytest

PAGE = """<?php
header('X-Club: rowing');
setcookie('visit', '2');
header('Content-Type: text/plain; charset=utf-8');
echo 'name=', $_POST['name'] ?? '-', "\\n";
echo 'cookie=', $_COOKIE['visit'] ?? '-', "\\n";
echo 'query=', $_GET['q'] ?? '-', "\\n";
if (isset($_FILES['photo'])) {
    echo 'file=', $_FILES['photo']['name'], ' ', $_FILES['photo']['size'], "\\n";
    echo 'same=', md5_file($_FILES['photo']['tmp_name']), "\\n";
}
echo 'self=', $_SERVER['PHP_SELF'], "\\n";
echo 'here=', basename(getcwd()), "\\n";
"""


@pytest.fixture
def site(serve, tmp_path):
    if not shutil.which("php-cgi"):
        pytest.skip("php-cgi is not installed")
    folder = tmp_path / "php"
    (folder / "club").mkdir(parents=True)
    (folder / "index.php").write_text("<?php echo 'home';")
    (folder / "club" / "page.php").write_text(PAGE)
    (folder / "club" / "page.php").chmod(0o644)
    return serve(folder)


def test_the_index_page_answers(site):
    assert site.get("/")[2] == "home"


def test_a_form_a_query_and_a_cookie_arrive(site):
    status, headers, page = site.post("/club/page.php?q=%E6%96%87", {"name": "小明"}, {"Cookie": "visit=1"})

    assert status == 200, page
    assert headers["X-Club"] == "rowing"
    assert "visit=2" in headers["Set-Cookie"]
    assert page.splitlines()[:3] == ["name=小明", "cookie=1", "query=文"]
    assert "self=/club/page.php" in page
    assert "here=club" in page


def test_an_upload_arrives_byte_for_byte(site):
    content = bytes(range(256)) * 5000
    body = (
        b'--XX\r\nContent-Disposition: form-data; name="photo"; filename="a.bin"\r\n'
        b"Content-Type: application/octet-stream\r\n\r\n" + content + b"\r\n--XX--\r\n"
    )

    _status, _headers, page = site.get("/club/page.php", {"Content-Type": "multipart/form-data; boundary=XX"}, body)

    assert f"file=a.bin {len(content)}" in page
    assert f"same={hashlib.md5(content).hexdigest()}" in page
    run = site.latest()
    assert run["files"][0]["filename"] == "a.bin"
    assert run["verdict"] == "good"


def test_the_source_of_a_page_is_never_sent(site):
    assert "<?php" not in site.get("/club/page.php")[2]
