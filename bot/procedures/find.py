"""Finds the procedure that somebody means, in their own words."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass

from bot.basics.codes import find_procedure_code
from bot.basics.ids import ProcedureCode
from bot.basics.vietnamese.text import fold
from bot.procedures.catalogue import Catalogue

_SURE = 0.62
_POSSIBLE = 0.38
_CLEAR_LEAD = 0.12


@dataclass(frozen=True)
class Found:
    """What was found: one procedure beyond doubt, or the candidates."""

    procedure: ProcedureCode | None = None
    candidates: tuple[ProcedureCode, ...] = ()


class Finder:
    """An index over the names and everyday names of every procedure."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._names: list[tuple[ProcedureCode, frozenset[str]]] = []
        for procedure in catalogue:
            for name in {procedure.name, *procedure.aliases}:
                words = frozenset(fold(name).split())
                if words:
                    self._names.append((procedure.code, words))
        counts = Counter(word for _, words in self._names for word in words)
        total = len(self._names) + 1
        self._weight = defaultdict(
            lambda: math.log(total), {w: math.log(total / n) + 0.1 for w, n in counts.items()}
        )

    def find(self, text: str) -> Found:
        """The procedure that `text` names."""
        code = find_procedure_code(text)
        if code and code in self.catalogue:
            return Found(code, (code,))
        words = set(fold(text[:2000]).split())
        best: dict[ProcedureCode, float] = {}
        for candidate, name in self._names:
            matched = sum(self._weight[word] for word in name & words)
            if not matched:
                continue
            whole = sum(self._weight[word] for word in name)
            score = matched / whole * (1 - math.exp(-matched / 4))
            best[candidate] = max(best.get(candidate, 0.0), score)
        ranked = sorted(best, key=lambda c: best[c], reverse=True)
        candidates = tuple(c for c in ranked if best[c] >= _POSSIBLE)[:4]
        if not candidates or best[candidates[0]] < _SURE:
            return Found(None, candidates)
        if len(candidates) > 1 and best[candidates[0]] - best[candidates[1]] < _CLEAR_LEAD:
            return Found(None, candidates)
        return Found(candidates[0], candidates)
