"""The sentences of the pages: each that is used exists, and each that exists is used."""

from __future__ import annotations

import re
from pathlib import Path

import bot
from tests.fake_web import WORDING

WEB = Path(bot.__file__).parent / "web"
PYTHON = "".join(path.read_text(encoding="utf-8") for path in WEB.glob("*.py"))
PAGES = "".join(path.read_text(encoding="utf-8") for path in (WEB / "templates").iterdir())
SCRIPTS = "".join(path.read_text(encoding="utf-8") for path in (WEB / "static").glob("*.js"))
OURS = {key for key in sorted(WORDING.keys()) if key.startswith("web.")}
FOR_SCRIPTS = {key for key in OURS if key.startswith("web.script.")}


def test_every_sentence_of_a_page_exists_and_is_used():
    # In Python a word with one dot is an event in the log.
    asked = {*re.findall(r'say\("([\w.]+)"', PAGES), *re.findall(r'"(web\.\w+\.\w+)"', PYTHON)}
    assert asked == OURS - FOR_SCRIPTS


def test_every_sentence_of_a_script_exists_and_is_used():
    known = {key.removeprefix("web.script.") for key in FOR_SCRIPTS}
    assert set(re.findall(r"\btexts\.(\w+)", SCRIPTS)) <= known
    assert known <= set(re.findall(r"\w+", SCRIPTS))


def test_no_sentence_stands_in_a_script():
    assert not re.search("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽềềểễệỉịọỏốồổỗộờớởỡợụủứừửữựỳỵỷỹ]", SCRIPTS)
