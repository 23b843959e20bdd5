"""What every test may use: a screen of its own, a browser, and the rule that CI skips nothing."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

MISSING_PYTHON = "no Python "
"""A skip that begins so is allowed in CI too: the machine cannot install that interpreter."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """In CI a skipped test is a failed one, since .ci/run installs what every test needs."""
    report = yield
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        reason = str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr)
        if MISSING_PYTHON not in reason:
            report.outcome = "failed"
            report.longrepr = f"skipped in CI: {reason}"
    return report


def pytest_collection_modifyitems(config, items):
    """Where the portable code paths are forced, what only Linux's own can do is left out."""
    if os.environ.get("GATEHOUSE_PORTABLE") != "1":
        return
    left_out = [item for item in items if item.get_closest_marker("linux_paths")]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """A folder that other accounts may reach: pytest's own are closed to them."""
    with tempfile.TemporaryDirectory() as made:
        Path(made).chmod(0o777)
        yield Path(made)


@pytest.fixture
def as_somebody() -> Callable[[], AbstractContextManager[None]]:
    """`with as_somebody():` – with the rights of an ordinary account, since root may read and write everything."""

    @contextmanager
    def lowered() -> Iterator[None]:
        if os.geteuid() != 0:
            yield
            return
        os.seteuid(65534)
        try:
            yield
        finally:
            os.seteuid(0)

    return lowered


@contextmanager
def _process(*command: str, **options) -> Iterator[subprocess.Popen]:
    process = subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL, **options)
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(30)


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """DISPLAY of an X server of our own, with a window manager, so that windows can be closed politely."""
    for program in ("Xvfb", "openbox", "wmctrl"):
        if not shutil.which(program):
            pytest.skip(f"{program} is not installed")
    read, write = os.pipe()
    with _process(
        "Xvfb", "-displayfd", str(write), "-screen", "0", "1400x900x24", "-nolisten", "tcp", pass_fds=[write]
    ):
        os.close(write)
        with os.fdopen(read) as told:
            name = f":{told.readline().strip()}"  # Xvfb says it when it is ready
        with _process("openbox", "--sm-disable", env={**os.environ, "DISPLAY": name}):
            yield name


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of a real browser."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not found:
        pytest.skip("chromium is not installed")
    return found


@pytest.fixture(scope="module")
def browser(chromium):
    """Headless Chromium, driven by Playwright.

    For a module only: while it lives, its event loop counts as running, and tests that start their own could not.
    """
    from playwright.sync_api import sync_playwright

    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=[*quiet, "--disable-component-update", "--disable-sync"]
        )
        yield browser
        browser.close()
