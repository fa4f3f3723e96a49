"""How well the finder works with every procedure of the national export, how fast and how heavy.

Titles are typed without diacritics and without two of their words; paraphrases are what citizens
say, brought to one spelling first, as the program does. Prints nothing; `motcua bench
finder` shows what `run` returns.
"""

from __future__ import annotations

import random
import resource
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import Any

import bot
from bot.basics import yaml12
from bot.basics.errors import Misconfigured
from bot.basics.ids import ProcedureCode
from bot.basics.vietnamese.normalise import normalise
from bot.basics.vietnamese.text import has_marks, one_line, strip_marks
from bot.procedures import catalogue, imported
from bot.procedures.catalogue import Catalogue
from bot.procedures.find import Finder, Found
from bot.procedures.importing import import_export

CATALOGUE = Path(bot.__file__).parent / "catalogue"
ROOT = Path(__file__).parents[2]
EXPORT = ROOT.parent / "shared" / "data" / "national-procedures.jsonl.gz"
PARAPHRASES = Path(__file__).parent / "paraphrases.yml"
COUNTER = Path(__file__).parent / "questions_at_the_counter.yml"
SEEN = Path(__file__).parent / "paraphrases_seen.yml"
BLIND = Path(__file__).parent / "paraphrases_blind.yml"
"""Nothing is tuned on these."""
LAST = Path(__file__).parent / "paraphrases_last.yml"
"""By somebody who saw only titles; measured once."""
NOTHING = Path(__file__).parent / "nothing_meant.yml"
SEED = 2026
DROPPED = 2
FEWEST_LEFT = 2


@dataclass(frozen=True)
class Case:
    """What is typed, and the procedures that are right; none: nothing may be found."""

    text: str
    right: frozenset[ProcedureCode]


def run(export: Path = EXPORT, seed: int = SEED) -> dict[str, Any]:
    """All figures. Raises `Misconfigured` if the export is not there."""
    if not export.exists():
        raise Misconfigured([f"{export} is not there: the bench needs the national export"])
    with tempfile.TemporaryDirectory() as folder:
        known, cost = imported_catalogue(export, Path(folder))
        before, start = _memory(), time.process_time()
        finder = Finder(known, Path(folder))
        cost["index, s of CPU"] = round(time.process_time() - start, 2)
        cost["index, MB"] = round(_memory() - before)
        start = time.process_time()
        finder = Finder(known, Path(folder))
        cost["index once it was learned, s of CPU"] = round(time.process_time() - start, 2)
        typed = list(titles(known, random.Random(seed)))
        told = list(paraphrases(PARAPHRASES))
        files = (COUNTER, SEEN, BLIND, LAST)
        counter, seen, blind, last = (list(paraphrases(path)) for path in files)
        silent = [*(case for case in told if not case.right), *paraphrases(NOTHING)]
        meant = [case for case in told if case.right]
        return {
            "procedures": len(known),
            "seed": seed,
            "titles without diacritics and two words": _figures(finder, typed, as_is),
            "the same, where no other title fits as well": _figures(
                finder, decidable(typed, known), as_is
            ),
            "the same, as the program reads them": _figures(finder, decidable(typed, known)),
            "paraphrases": _figures(finder, meant),
            "paraphrases with diacritics": _figures(
                finder, [c for c in meant if has_marks(c.text)]
            ),
            "paraphrases without": _figures(finder, [c for c in meant if not has_marks(c.text)]),
            "questions at the counter": _figures(finder, counter),
            "paraphrases written apart, studied afterwards": _figures(finder, seen),
            "paraphrases nothing is tuned on": _figures(finder, blind),
            "paraphrases of a stranger": _figures(finder, last),
            "nothing meant": _silence(finder, silent),
            "certain": _certainty(finder, [*told, *counter, *seen, *asked(known)]),
            "certain, nothing tuned": _certainty(finder, blind),
            "certain, a stranger": _certainty(finder, last),
            "certain, titles": _certainty(finder, decidable(typed, known)),
            "cost": cost,
        }


def paraphrases(path: Path) -> Iterable[Case]:
    """The cases of a file `text: codes`, `none` for no code."""
    for text, codes in yaml12.read(path).items():
        right = () if codes == "none" else str(codes).split()
        yield Case(str(text), frozenset(map(ProcedureCode, right)))


def imported_catalogue(export: Path, folder: Path) -> tuple[Catalogue, dict[str, Any]]:
    copy = folder / "catalogue"
    copytree(CATALOGUE, copy, ignore=ignore_patterns(imported.FOLDER, "wording"))
    start = time.process_time()
    import_export(export, copy)
    imports = time.process_time() - start
    before, start = _memory(), time.process_time()
    known = catalogue.read(copy)
    reads = time.process_time() - start
    return known, {
        "import, s of CPU": round(imports, 2),
        "catalogue read, s of CPU": round(reads, 2),
        "catalogue, MB": round(_memory() - before),
    }


def _memory() -> float:
    """MB this process holds, at most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def titles(known: Catalogue, chance: random.Random) -> Iterable[Case]:
    """Each official title without diacritics and two words. Same title, same level: the same."""
    same: dict[tuple[str, ...], set[ProcedureCode]] = defaultdict(set)
    for one in known.summaries.values():
        same[_identity(one.official_name, one.tiers)].add(one.code)
    for one in known.summaries.values():
        words = strip_marks(one_line(one.official_name)).split()
        for _ in range(min(DROPPED, len(words) - FEWEST_LEFT)):
            words.pop(chance.randrange(len(words)))
        right = same[_identity(one.official_name, one.tiers)]
        after = {c for code in right for c in known.everyday.successors.get(code, ())}
        yield Case(" ".join(words), frozenset(right | after))


def _identity(title: str, tiers: Sequence[str]) -> tuple[str, ...]:
    return (plain(title).removeprefix("thu tuc "), *tiers)


def plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in strip_marks(text).lower()).split())


def decidable(cases: Iterable[Case], known: Catalogue) -> list[Case]:
    """The cases for which no other title, as short as a right one, has all their words in order."""
    titles = {one.code: plain(one.official_name).split() for one in known.summaries.values()}
    having: dict[str, set[ProcedureCode]] = defaultdict(set)
    for code, words in titles.items():
        for word in words:
            having[word].add(code)
    kept = []
    for case in cases:
        said = plain(case.text).split()
        longest = max((len(titles[code]) for code in case.right if code in titles), default=0)
        others = set.intersection(*(having[word] for word in said)) - case.right
        if not any(len(titles[c]) <= longest and _in_order(said, titles[c]) for c in others):
            kept.append(case)
    return kept


def _in_order(said: Sequence[str], title: Sequence[str]) -> bool:
    rest = iter(title)
    return all(word in rest for word in said)


def asked(known: Catalogue) -> Iterable[Case]:
    """What hand-written files say people call the procedure, in a question without diacritics."""
    owners: dict[str, set[ProcedureCode]] = defaultdict(set)
    for procedure in known.written:
        for alias in procedure.aliases:
            owners[alias].add(procedure.code)
    for alias, codes in owners.items():
        yield Case(strip_marks(f"cho em hoi {alias} can giay to gi"), frozenset(codes))


def as_is(text: str) -> str:
    """The text as it was typed."""
    return text


def as_read(text: str) -> str:
    """The text as the program reads it, in one spelling."""
    return normalise(text).text


def _figures(
    finder: Finder, cases: Sequence[Case], read: Callable[[str], str] = as_read
) -> dict[str, Any]:
    """Share found first and among the offered, and milliseconds a message."""
    first = offered = 0
    times = []
    for case in cases:
        text = read(case.text)
        start = time.thread_time()
        found = finder.find(text)
        times.append((time.thread_time() - start) * 1000)
        first += bool(found.candidates) and found.candidates[0] in case.right
        offered += bool(case.right.intersection(found.candidates))
    return {
        "cases": len(cases),
        "first": _share(first, len(cases)),
        "offered": _share(offered, len(cases)),
        "median, ms of CPU": round(statistics.median(times), 2),
        "95 %, ms of CPU": round(statistics.quantiles(times, n=20)[-1], 2),
    }


def _silence(finder: Finder, cases: Sequence[Case]) -> dict[str, Any]:
    found = [finder.find(as_read(case.text)) for case in cases]
    return {
        "cases": len(cases),
        "nothing found": _share(sum(not one.candidates for one in found), len(cases)),
        "taken for certain": sum(one.procedure is not None for one in found),
    }


def _certainty(finder: Finder, cases: Sequence[Case]) -> dict[str, Any]:
    """Of the answers given without a question, how many are about the right procedure."""
    found = [(finder.find(as_read(case.text)), case) for case in cases]
    certain = [(one, case) for one, case in found if one.procedure]
    right = sum(one.procedure in case.right for one, case in certain)
    return {
        "cases": len(cases),
        "answered without asking": _share(len(certain), len(cases)),
        "of these right": _share(right, len(certain)),
        "mean error of the probability": round(_calibration(found), 3),
    }


def _calibration(found: Sequence[tuple[Found, Case]], bins: int = 10) -> float:
    """The mean distance between what was promised and what came true, in `bins` bins."""
    groups: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for one, case in found:
        if one.candidates:
            group = min(int(one.score * bins), bins - 1)
            groups[group].append((one.score, one.candidates[0] in case.right))
    total = sum(map(len, groups.values()))
    return sum(
        abs(statistics.fmean(p for p, _ in group) - statistics.fmean(r for _, r in group))
        * len(group)
        / total
        for group in groups.values()
    )


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def shown(figures: Mapping[str, Any], indent: str = "") -> Iterable[str]:
    """The figures as lines."""
    for name, value in figures.items():
        if isinstance(value, Mapping):
            yield f"{indent}{name}"
            yield from shown(value, indent + "  ")
        else:
            yield f"{indent}{name}: {value}"
