"""Who of those remembered may be meant by a form, and what of theirs it still asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.basics.ids import FieldId
from bot.basics.vietnamese.text import fold
from bot.declarations.asking import Asker
from bot.declarations.filling import fill
from bot.declarations.kinds.identity import bearer
from bot.declarations.model import Answers, Draft
from bot.declarations.people import Known, Someone

_NUMBER, _NAME = "so_dinh_danh", "ho_ten"
_NUMBER_LENGTH = 12


@dataclass(frozen=True)
class Offers:
    """Everybody remembered of the citizen and their family."""

    asker: Asker
    known: tuple[Known, ...]

    def fitting(self, draft: Draft, owner: Someone) -> list[Known]:
        """Those who may be `owner` and of whom something can be filled in, in the order they were met."""
        values = self.asker.path(draft).values
        fitting = (one for one in self.known if _may_be(owner, one, draft, values))
        return [one for one in fitting if self.words(draft, owner, one)]

    def words(self, draft: Draft, owner: Someone, one: Known) -> Mapping[FieldId, str]:
        """What of the facts of `one` can be filled in for `owner`, where nothing was answered yet."""
        said = owner.fields(one.facts)
        open_ = {field: words for field, words in said.items() if field not in draft.answers}
        return {field: said[field] for field in fill(self.asker, draft, open_).values}

    def get(self, id: str) -> Known | None:
        """The one with this id."""
        return next((one for one in self.known if one.id == id), None)


def _may_be(owner: Someone, one: Known, draft: Draft, values: Answers) -> bool:
    """Whether relation and sex allow it, nobody else was taken for them, and no answer speaks against it."""
    is_taken = one.id in draft.offered.values() and one.relation != owner.relation(values)
    if is_taken or one.relation not in owner.offered(values):
        return False
    number = one.facts.get(_NUMBER, "")
    sex = bearer(number).gender if len(number) == _NUMBER_LENGTH else ""
    if owner.person.gender and sex and owner.person.gender != sex:
        return False
    return all(_agrees(owner, one, fact, values) for fact in (_NUMBER, _NAME))


def _agrees(owner: Someone, one: Known, fact: str, values: Answers) -> bool:
    stop = owner.stops.get(fact)
    given, remembered = values.get(stop.id) if stop else None, one.facts.get(fact)
    return given is None or remembered is None or fold(str(given)) == fold(remembered)
