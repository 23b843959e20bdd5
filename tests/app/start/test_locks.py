import subprocess
import sys
from pathlib import Path

from app.start.locks import exclusive, share, try_lock

ROOT = Path(__file__).parents[3]
HOLD = """
import sys
from pathlib import Path
from app.start.locks import exclusive
with exclusive(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def holder(path):
    return subprocess.Popen(
        [sys.executable, "-c", HOLD, path], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def test_a_second_process_waits_and_says_so(tmp_path):
    path = tmp_path / "lock"
    told = []
    with holder(path) as other:
        assert other.stdout.readline() == "held\n"

        def on_wait():
            told.append("waits")
            other.stdin.close()  # the other one ends, and lets go

        with exclusive(path, on_wait=on_wait):
            told.append("has it")
    assert told == ["waits", "has it"]


def test_the_lock_of_a_killed_process_is_free(tmp_path):
    path = tmp_path / "lock"
    with holder(path) as other:
        assert other.stdout.readline() == "held\n"
        other.kill()
        other.wait(30)

        with path.open("a+b") as file:
            assert try_lock(file.fileno())


def test_what_several_use_cannot_be_had_alone(tmp_path):
    path = tmp_path / "mark"
    path.touch()
    with path.open("rb") as one, path.open("rb") as other, path.open("rb") as third:
        share(one.fileno())
        share(other.fileno())

        assert not try_lock(third.fileno())
        one.close()
        other.close()
        assert try_lock(third.fileno())
