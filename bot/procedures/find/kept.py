"""Keeps what was learned about words in a file, so that a start need not learn it again.

The file is named by a digest of what was learned from, holds plain arrays (numpy's `npz`, read
without pickle) and is written beside itself first. Whatever is wrong with it, it is learned anew.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import structlog

from bot.basics.ids import ProcedureCode
from bot.basics.vietnamese.normalise import normalise
from bot.procedures.catalogue import Catalogue
from bot.procedures.find.meaning import Meaning
from bot.procedures.find.names import names
from bot.procedures.find.readings import write_out
from bot.procedures.summary import Summary
from bot.procedures.words import Spelling, words

log = structlog.get_logger()
_WAY = "3"
"""Changes when the way of learning does."""
_NAME = "finder-{}.npz"
_FILES = 8
"""Files of other catalogues that stay beside the newest one."""
_FEW = 1000
"""Features below which it is as well to learn again."""


def _elsewhere(catalogue: Catalogue) -> tuple[ProcedureCode, ...]:
    """The procedures of the country known by sayings alone: neither in the catalogue nor replaced."""
    return tuple(code for code in catalogue.sayings.of if not catalogue.followers(code))


def meaning_of(catalogue: Catalogue, folder: Path | None) -> Meaning:
    """What words mean, from a file in `folder` if it was learned before.

    Procedures are numbered as in the catalogue, and behind them the country's others.
    """
    if folder is None:
        return _learned(catalogue)
    path = folder / _NAME.format(_digest(catalogue))
    if (known := _read(path)) is None:
        known = _learned(catalogue)
        if len(known.numbers) >= _FEW:
            _write(path, known)
    return known


def _digest(catalogue: Catalogue) -> str:
    """Of all that is learned from, but for everyday names in hand-written files: those are compared."""
    found = hashlib.sha256(f"{_WAY} {catalogue.sayings.digest}".encode())
    for one in catalogue.summaries.values():
        found.update(f"\n{one.code} {one.official_name} {_kin(one)}".encode())
    return found.hexdigest()[:16]


def _learned(catalogue: Catalogue) -> Meaning:
    from bot.procedures.find.learning import Lesson, learn  # brings scipy, which a start can spare

    def said(text: str) -> list[Spelling]:
        written = write_out(list(words(text)), catalogue.everyday)
        return [word.spelling for word in written]

    away = _elsewhere(catalogue)
    number = {code: place for place, code in enumerate((*catalogue.summaries, *away))}
    lessons = [
        Lesson(
            number[one.procedure],
            said(one.text),
            one.is_title,
            _kin(catalogue.summaries[one.procedure]) if one.is_title else (),
        )
        for one in names(catalogue)
    ]
    for code, texts in catalogue.sayings.of.items():
        for owner in catalogue.followers(code) or (code,):
            lessons += [
                Lesson(number[owner], said(normalise(text).text), is_said=True) for text in texts
            ]
    nothing = len(number)
    lessons += [Lesson(nothing, said(normalise(text).text)) for text in catalogue.sayings.nothing]
    found = learn([lesson for lesson in lessons if lesson.said], nothing)
    return replace(found, elsewhere=away)


def _kin(known: Summary) -> tuple[str, ...]:
    return known.sector, *known.tiers


def _read(path: Path) -> Meaning | None:
    try:
        with np.load(path, allow_pickle=False) as kept:
            features = bytes(kept["features"]).decode().split("\n")
            return Meaning(
                {feature: row for row, feature in enumerate(features)},
                kept["weights"],
                kept["vectors"],
                kept["procedures"],
                kept["heard"],
                tuple(map(ProcedureCode, bytes(kept["elsewhere"]).decode().split())),
            )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        log.warning("finder.file_unreadable", error=type(error).__name__)
        return None


def _write(path: Path, meaning: Meaning) -> None:
    features = np.frombuffer("\n".join(meaning.numbers).encode(), np.uint8)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent) as scratch:  # goes whatever happens
            part = Path(scratch) / path.name
            np.savez(
                part,
                features=features,
                weights=meaning.weights,
                vectors=meaning.vectors,
                procedures=meaning.procedures,
                heard=meaning.heard,
                elsewhere=np.frombuffer(" ".join(meaning.elsewhere).encode(), np.uint8),
            )
            os.replace(part, path)
        _drop(path.parent.glob(_NAME.format("*")))
    except OSError as error:
        log.warning("finder.not_kept", error=type(error).__name__)


def _drop(files: Iterable[Path]) -> None:
    newest = sorted(files, key=lambda file: -file.stat().st_mtime)
    for file in newest[1 + _FILES :]:
        file.unlink(missing_ok=True)
