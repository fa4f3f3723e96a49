"""The names under which procedures are found, and how much each of them says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from bot.basics.vietnamese.text import fold
from bot.procedures.catalogue import Catalogue
from bot.procedures.everyday import Everyday
from bot.procedures.find.comparing import Name, Usual
from bot.procedures.model import Tier
from bot.procedures.summary import Summary
from bot.procedures.words import words

_SHORTEST = 3
"""Words a part of a title must have to be a name."""
SHORT, LONG = 0.33, 0.16
"""How much of what was not said counts against a short name, and against an official title."""
HINT = 0.33
"""How much the name of a result counts."""
_RARE = 2
"""Procedures that may give a result for it to be a name."""


def names(catalogue: Catalogue) -> Iterator[Name]:
    """All names of all procedures; a result that only one or two of them give is a name too."""
    everything = catalogue.summaries.values()
    giving = Counter(fold(result.name) for known in everything for result in known.results)
    for known in everything:
        usual = _usual(known, catalogue.everyday)
        if known.is_written:
            for text in dict.fromkeys((known.name, *known.aliases)):
                yield Name(known.code, text, usual, usual.prior, SHORT)
        for text in _parts(known.official_name, catalogue.everyday):
            yield Name(known.code, text, usual, usual.prior, SHORT)
        yield Name(known.code, known.official_name, usual, usual.prior, LONG, is_title=True)
        for result in known.results:
            if giving[fold(result.name)] <= _RARE:
                yield Name(known.code, result.name, usual, usual.prior * HINT, LONG)


def _usual(known: Summary, everyday: Everyday) -> Usual:
    return Usual(
        known.is_written,
        known.is_written or known.sector in everyday.common,
        Tier.COMMUNE in known.tiers,
        known.tiers == (Tier.MINISTRY,),
    )


def _parts(title: str, everyday: Everyday) -> Iterator[str]:
    """The matters a long title names, without their circumstances."""
    for part in re.split(r"[;(/]|\. ", title):
        said = list(words(part))
        spelt = [word.spelling for word in said]
        for place in range(_SHORTEST, len(said)):
            if everyday.circumstances.at(spelt, place)[0]:
                part = part[: said[place].start]
                break
        if len(part.split()) >= _SHORTEST and len(part) < len(title) - 3:
            yield part
