import os
import subprocess
import sys

from app.gateway.orphans import ledger_path
from app.supervisor import leftovers
from app.supervisor.leftovers import end_leftovers
from tests.app.supervisor.heard import eventually

# A gateway that starts a script, as far as the list of scripts goes, and is gone at once.
_GATEWAY = """
import os, subprocess, sys
from pathlib import Path
from app.gateway.orphans import Ledger, ledger_path
ledger = Ledger(ledger_path(Path(sys.argv[1])), "mark")
print(ledger.started(lambda: subprocess.Popen(["sleep", "600"], start_new_session=True, stdout=2).pid), flush=True)
os._exit(0)
"""


def _gateway(spool) -> int:
    """The pid of the script that it leaves behind."""
    done = subprocess.run([sys.executable, "-c", _GATEWAY, spool], stdout=subprocess.PIPE, check=True)
    return int(done.stdout)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_where_nothing_was_left_nothing_happens(tmp_path):
    end_leftovers(tmp_path / "records")


def test_scripts_of_a_killed_gateway_are_ended(tmp_path):
    spool = tmp_path / "records"
    script = _gateway(spool)
    assert _is_alive(script)

    end_leftovers(spool)

    eventually(lambda: not _is_alive(script))
    assert not ledger_path(spool).exists()


def test_a_gateway_that_still_lives_is_waited_for_and_ended_where_it_hangs(tmp_path, monkeypatch):
    monkeypatch.setattr(leftovers, "PATIENCE_S", 0.1)
    spool = tmp_path / "records"
    script = _gateway(spool)
    # Its command line is what it is known by; it answers nobody.
    command = [sys.executable, "-c", "print(flush=True); input()", "app.gateway", "--spool", os.fspath(spool)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True) as gateway:
        gateway.stdout.readline()

        end_leftovers(spool)

        assert gateway.wait(60) == -9
    eventually(lambda: not _is_alive(script))
