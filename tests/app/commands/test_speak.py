import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.commands.speak import in_words, language_of, terminal_language
from app.errors import GatehouseError
from app.words import LANGUAGES

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("environ", "lang"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh-CN"),
        ({"LANG": "zh_TW"}, "zh-CN"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh-CN"),
        ({"LC_MESSAGES": "en_US.UTF-8", "LC_ALL": "zh_CN"}, "zh-CN"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "zh_CN:en"}, "zh-CN"),
        ({"LANG": "", "LC_ALL": "", "LANGUAGE": "zh"}, "zh-CN"),
    ],
)
def test_the_terminals_language_is_found_as_gettext_finds_it(environ, lang):
    assert terminal_language(environ) == lang


def test_the_language_that_is_asked_for_comes_first():
    assert language_of(argparse.Namespace(lang="zh-CN")) == "zh-CN"


def test_a_failure_in_words_is_exit_1_with_its_way_out(capsys):
    @in_words
    def command(options):
        raise GatehouseError("site-unknown", params={"site": "x\x1b[2J", "known": "poll"})

    code = command(argparse.Namespace(lang="en"))

    out, err = capsys.readouterr()
    assert (code, out) == (1, "")
    assert err == "There is no site x\\x1b[2J.\nThe sites are: poll.\n"


def test_a_reader_that_has_seen_enough_is_no_failure():
    """`gatehouse runs | head -1`"""
    program = "\n".join(
        [
            "import argparse, sys",
            "from app.commands.speak import in_words",
            "@in_words",
            "def command(options):",
            "    while True:",
            "        print('line')",
            "sys.exit(command(argparse.Namespace()))",
        ]
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    )
    with process:
        assert process.stdout.readline() == "line\n"
        process.stdout.close()

        assert process.stderr.read() == ""
    assert process.returncode == 0


def test_both_languages_have_the_same_words_with_the_same_places():
    from app.words.fill import placeholders

    files = [ROOT / "app" / "words" / lang / f"{name}.json" for name in ("api", "commands") for lang in LANGUAGES]
    english, chinese = [[json.loads(file.read_text(encoding="utf-8")) for file in files[n::2]] for n in (0, 1)]

    assert [leaves(one, placeholders) for one in english] == [leaves(one, placeholders) for one in chinese]


def leaves(words, placeholders):
    """{path: names of parameters} of every sentence."""
    if isinstance(words, str):
        return {"": placeholders(words)}
    return {
        f"/{name}{path}": names for name, part in words.items() for path, names in leaves(part, placeholders).items()
    }


def test_a_terminal_without_chinese_gets_escapes_and_no_traceback(tmp_path):
    program = "\n".join(
        [
            "import argparse, sys",
            "from app.commands import runs",
            "parser = argparse.ArgumentParser()",
            "runs.add_arguments(parser)",
            "options = parser.parse_args([])",
            "options.data, options.lang = None, 'zh-CN'",
            "sys.exit(runs.run(options))",
        ]
    )
    environ = {**os.environ, "PYTHONIOENCODING": "ascii", "GATEHOUSE_DATA": str(tmp_path / "none")}

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, env=environ, timeout=60
    )

    assert done.returncode == 1
    assert "\\u8fd8" in done.stderr
    assert "Traceback" not in done.stderr
