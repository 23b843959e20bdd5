"""A page to show, and a window whose callbacks are written down."""

import queue
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from app.window.desk import Window


class _Page(BaseHTTPRequestHandler):
    def do_GET(self):
        body = b"<!doctype html><title>page</title><h1>page</h1>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.server.asked.put(self.path)

    def log_message(self, *_):
        pass


@pytest.fixture
def page():
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Page)
    server.asked = queue.Queue()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    server.url = f"http://127.0.0.1:{server.server_port}/"
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def told():
    """What the window told, in order."""
    return queue.Queue()


@pytest.fixture
def window(tmp_path, told, page):
    made = Window(
        tmp_path,
        on_closed=lambda: told.put("closed"),
        on_lost=told.put,
        new_link=lambda: f"{page.url}#code=x",
    )
    yield made
    made.stop()
