"""git clone and push through git http-backend, and gitweb: two C and Perl programs that many people host."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

BACKEND = Path("/usr/lib/git-core/git-http-backend")
GITWEB = Path("/usr/share/gitweb")


def git(*arguments, at: Path) -> str:
    quiet = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "GIT_TERMINAL_PROMPT": "0"}
    who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "init.defaultBranch=main"]
    done = subprocess.run(["git", *who, *arguments], cwd=at, env=quiet, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def repository(tmp_path) -> Path:
    """A bare repository with one commit, which may be pushed to over HTTP."""
    work, bare = tmp_path / "work", tmp_path / "git" / "novel.git"
    work.mkdir()
    git("init", at=work)
    (work / "第一章.txt").write_text("It was a stone.\n", encoding="utf-8")
    git("add", ".", at=work)
    git("commit", "-m", "第一章", at=work)
    bare.parent.mkdir()
    git("clone", "--bare", str(work), str(bare), at=tmp_path)
    git("config", "http.receivepack", "true", at=bare)
    return bare


@pytest.fixture
def backend_site(tmp_path, repository) -> Path:
    """cgi-bin/git: three lines of sh that call git http-backend, as its manual shows."""
    if not BACKEND.exists():
        pytest.skip("git http-backend is not installed")
    site = tmp_path / "site"
    (site / "cgi-bin").mkdir(parents=True)
    script = site / "cgi-bin" / "git"
    script.write_text(
        f"#!/bin/sh\nexport GIT_PROJECT_ROOT='{repository.parent}' GIT_HTTP_EXPORT_ALL=1\nexec {BACKEND}\n"
    )
    script.chmod(0o755)
    return site


def test_clone_and_push_of_a_large_file(serve, backend_site, tmp_path, repository):
    site = serve(backend_site)
    address = f"{site.url.rstrip('/')}/cgi-bin/git/novel.git"

    git("clone", address, "copy", at=tmp_path)
    copy = tmp_path / "copy"
    assert (copy / "第一章.txt").read_text(encoding="utf-8") == "It was a stone.\n"

    # More than git's http.postBuffer (1 MiB): it is sent chunked, which is where other hosts give up.
    (copy / "large.bin").write_bytes(os.urandom(3 << 20))
    git("add", ".", at=copy)
    git("commit", "-m", "large", at=copy)
    git("push", "origin", "HEAD", at=copy)

    assert "large.bin" in git("ls-tree", "--name-only", "HEAD", at=repository)
    run = site.latest()
    assert run["verdict"] == "good"
    assert run["stdin_size"] > 3 << 20


@pytest.fixture
def gitweb_site(tmp_path, repository) -> Path:
    """Debian's gitweb as it is installed; its index tells it by GITWEB_CONFIG where the repositories are."""
    if not GITWEB.exists():
        pytest.skip("gitweb is not installed")
    site = Path(shutil.copytree(GITWEB, tmp_path / "gitweb", symlinks=True))
    (site / "gitweb_config.perl").write_text(f'$projectroot = "{repository.parent}";\n1;\n')
    index = site / "index.cgi"
    index.unlink()
    index.write_text('#!/bin/sh\nGITWEB_CONFIG="$PWD/gitweb_config.perl" exec ./gitweb.cgi\n')
    index.chmod(0o755)
    return site


def test_gitweb_shows_projects_and_commits_and_its_style_sheet(serve, gitweb_site):
    site = serve(gitweb_site)

    status, headers, page = site.get("/")
    assert status == 200, page
    assert headers.get_content_type() in {"text/html", "application/xhtml+xml"}
    assert "novel.git" in page

    _status, _headers, page = site.get("/?p=novel.git;a=summary")
    assert "第一章" in page
    status, headers, _style = site.get("/static/gitweb.css")
    assert (status, headers.get_content_type()) == (200, "text/css")
