import json

import pytest

from app.start.front_end import _first_error
from ui import build

NPM = """npm error code SELF_SIGNED_CERT_IN_CHAIN
npm error errno SELF_SIGNED_CERT_IN_CHAIN
npm error request to https://registry.example/vite failed, reason: self-signed certificate in certificate chain
npm error A complete log of this run can be found in: /home/ada/.npm/_logs/2026-11-25T09_36_47_232Z-debug-0.log
"""
NPM_ELSE = """npm error code ENOSPC
npm error nospc There appears to be insufficient space on your system to finish.
npm error A complete log of this run can be found in: /home/ada/.npm/_logs/2026-11-25T09_36_47_232Z-debug-0.log
"""


@pytest.mark.parametrize(
    ("output", "told"),
    [
        pytest.param(NPM, "failed, reason: self-signed certificate in certificate chain", id="a reason"),
        pytest.param(NPM_ELSE, "insufficient space on your system to finish.", id="its last word"),
    ],
)
def test_of_what_npm_says_the_reason_is_told_and_not_where_its_log_lies(output, told):
    assert _first_error(output).endswith(told)


def test_node_trusts_the_certificates_of_this_computer(node, root_that_tells, monkeypatch):
    """As pip does: a company's proxy has a certificate that only its computers know."""
    monkeypatch.delenv("NODE_USE_SYSTEM_CA", raising=False)

    build.npm(node, "run", "--silent", "tell", root=root_that_tells)

    assert (root_that_tells / "ui/told").read_text() == "1"


@pytest.fixture
def root_that_tells(tmp_path):
    (tmp_path / "ui").mkdir()
    tell = "require('fs').writeFileSync('told', process.env.NODE_USE_SYSTEM_CA)"
    (tmp_path / "ui/tell.cjs").write_text(tell)
    package = {"name": "trial", "version": "1.0.0", "scripts": {"tell": "node tell.cjs"}}
    (tmp_path / "ui/package.json").write_text(json.dumps(package))
    return tmp_path
