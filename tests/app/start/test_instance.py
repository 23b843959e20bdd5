import http.server
import json
import os
import stat
import subprocess
import sys
import threading

import pytest

from app.start.instance import (
    Instance,
    RefusedError,
    SilentError,
    ask,
    drop_instance,
    read_instance,
    take_lock,
    write_instance,
)

HOLDING = """
import sys
from pathlib import Path
from app.start.instance import take_lock
lock = take_lock(Path(sys.argv[1]))
print(bool(lock), flush=True)
input()
"""


@pytest.fixture
def instance():
    return Instance(url="http://127.0.0.1:8610/", token="secret", pid=os.getpid())


@pytest.fixture
def server():
    """Answers like a Gatehouse: with what it was asked, or with a refusal."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if self.path == "/refuse":
                self._say(409, {"ok": False, "slug": "folder-is-site", "error": "It is one.", "fix": "Open it."})
            else:
                self._say(200, {"path": self.path, "token": self.headers["X-Gatehouse-Token"], "content": asked})

        def _say(self, status, told):
            body = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_what_is_written_is_read_again_and_only_the_owner_may(tmp_path, instance):
    write_instance(tmp_path, instance)
    write_instance(tmp_path, instance)

    assert read_instance(tmp_path) == instance
    assert stat.S_IMODE((tmp_path / "instance.json").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["instance.json"]


def test_dropping_it_twice_is_no_fault(tmp_path, instance):
    write_instance(tmp_path, instance)

    drop_instance(tmp_path)
    drop_instance(tmp_path)

    assert read_instance(tmp_path) is None


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"url": "x"}', b'{"url": "x", "token": "y", "pid": "z"}', b"\xff"]
)
def test_a_damaged_file_is_none(tmp_path, content):
    (tmp_path / "instance.json").write_bytes(content)

    assert read_instance(tmp_path) is None


def test_the_lock_is_for_one_process_and_ends_with_it(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdout.readline() == b"True\n"

        assert take_lock(tmp_path) is None

        holder.kill()
        holder.wait()
        lock = take_lock(tmp_path)
    assert lock
    lock.close()


def test_the_lock_does_not_go_over_to_programs_that_we_start(tmp_path):
    lock = take_lock(tmp_path)
    command = [sys.executable, "-c", "print(flush=True); input()"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, close_fds=False) as child:
        child.stdout.readline()
        lock.close()

        again = take_lock(tmp_path)

        child.communicate(b"\n")
    assert again
    again.close()


def test_it_is_asked_with_its_token(server):
    told = ask(Instance(server, "secret", 1), "POST", "/api/links", {"a": 1})

    assert told == {"path": "/api/links", "token": "secret", "content": {"a": 1}}


def test_a_refusal_comes_in_its_own_words(server):
    with pytest.raises(RefusedError) as refused:
        ask(Instance(server, "secret", 1), "POST", "/refuse")

    assert (refused.value.slug, refused.value.error, refused.value.fix) == ("folder-is-site", "It is one.", "Open it.")


def test_nobody_there_is_silence(server, instance):
    gone = Instance(server, "secret", 1)
    with http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler) as closing:
        port = closing.server_port

    with pytest.raises(SilentError):
        ask(Instance(f"http://127.0.0.1:{port}/", gone.token, 1), "POST", "/api/links")
