"""Proposes answers that nobody typed for their question, and takes them after one yes.

They come from a message that says more than was asked, from an identity card, from what is remembered,
or from a correction. However they come: they are shown, doubts included, and nothing is taken silently.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.basics.ids import FieldId
from bot.basics.say import Say
from bot.declarations import card, halves, putting, whose
from bot.declarations.asking import Asker, Line
from bot.declarations.behalf import answers
from bot.declarations.cues import Cues
from bot.declarations.facts import Said, find
from bot.declarations.filling import Filled, fill, lines, words_for
from bot.declarations.kinds import KINDS
from bot.declarations.kinds.model import Ok
from bot.declarations.model import Draft, Origin, Proposal, ReceivedFile
from bot.declarations.offering import Offers
from bot.declarations.path import Path, Stop
from bot.declarations.people import Facts, Known, Someone, every_stop, owner_of
from bot.declarations.phrases import Edit, matching

FREE = ("text", "consent", "choice_or_text", "file")
"""Kinds whose answers may be whole sentences: what stands in them is theirs."""
_YES = "có"
_LONG_NUMBER = "(?:[0-9]{12}|0[35789][0-9]{8})(?![0-9])"
_NUMBER_BEHIND = re.compile(
    rf"(?<=[^\W\d_]) (?={_LONG_NUMBER}|[0-9]{{1,2}}[/.-][0-9]|(?:19|20)[0-9]{{2}}(?![0-9]))"
    rf"|(?<=[0-9]) (?={_LONG_NUMBER})"
)
"""Between a name, a day and numbers that were typed without commas."""


@dataclass(frozen=True)
class Proposer:
    """Proposes for one form."""

    asker: Asker
    cues: Cues
    offers: Offers

    # --- where proposals come from ------------------------------------------------------------

    def from_message(self, draft: Draft, text: str, stop: Stop | None) -> Draft | None:
        """The draft with what `text` says besides the answer to `stop`; None if it says nothing more."""
        if stop and stop.field.kind in FREE:
            return None
        if stop and stop.field.kind == "name":
            text = _NUMBER_BEHIND.sub(", ", text)
        said = self._find(draft, text, stop)
        words = dict(said.facts)
        if stop and said.answer:
            words.setdefault(stop.id, said.answer)
        filled = fill(self.asker, draft, words) if said.facts else None
        if filled is None or not filled.values.keys() - {stop.id if stop else None}:
            return None
        kept = {field: words[field] for field in filled.values}
        for place in every_stop(self.asker.form, self.asker.path(draft)):
            said_of_it = words.get(place.id, "") if place.id not in kept else ""
            if halves.is_half(self.cues, place, said_of_it):
                draft = halves.with_half(draft, place, said_of_it)
        return draft.having(proposal=Proposal(Origin.MESSAGE, kept), pending=None)

    def only_answer(self, draft: Draft, text: str, stop: Stop) -> str:
        """What of the words stands before facts of nobody on the form; empty if there are none."""
        if stop.field.kind != "name":
            return ""
        answer = self._find(draft, text, stop).answer
        return answer if answer != text else ""

    def facts_in(self, draft: Draft, text: str) -> int:
        """How many of the questions an opening message answers."""
        return len(self._find(draft, text, None).facts)

    def from_card(self, draft: Draft, facts: Facts, origin: Origin = Origin.CARD) -> Draft | None:
        """The draft with a card's facts for whoever it may belong to; None if it can be nobody's."""
        bearers = whose.bearers(self.asker, draft, facts)
        if not bearers:
            return None
        asked = owner_of(whose.people(self.asker, draft), self.asker.stop(draft))
        same = [one for one in bearers if whose.is_surely(self.asker, draft, one, facts)]
        clear = same or [one for one in bearers if asked and one.id == asked.id]
        clear = clear or (bearers if len(bearers) == 1 else [])
        proposal = Proposal(origin, card=facts)
        if clear:
            proposal = replace(proposal, someone=clear[0].id, words=clear[0].fields(facts))
        return draft.having(proposal=proposal, pending=None)

    def may_be_a_card(self, draft: Draft, sent: tuple[ReceivedFile, ...]) -> bool:
        """Whether a picture came where the card of somebody would answer."""
        stop = self.asker.stop(draft)
        owner = owner_of(whose.people(self.asker, draft), stop)
        fact = stop.field.profile.rpartition(".")[2] if stop else ""
        is_picture = any(item.name.endswith((".jpg", ".png")) for item in sent)
        return is_picture and owner is not None and fact in card.ON_CARD

    def from_known(self, draft: Draft, stop: Stop) -> Draft | None:
        """The draft with what is remembered of whom `stop` asks about; None if nothing is.

        Whoever was taken for one of the people of a form already, is not asked about as another.
        """
        owner = owner_of(whose.people(self.asker, draft), stop)
        if owner is None or owner.id in draft.offered or draft.demanded:
            return None
        fitting = self.offers.fitting(draft, owner)
        if not fitting:
            return None
        draft = draft.having(offered={**draft.offered, owner.id: ""})
        if len(fitting) > 1:
            return draft.having(proposal=Proposal(Origin.KNOWN, someone=owner.id))
        return self._with_known(draft, owner, fitting[0])

    def from_correction(self, draft: Draft, before: Path, answered: FieldId) -> Draft:
        """The draft with what follows now that an answer changed, where something else was typed.

        A question that was only skipped takes what follows at once.
        """
        after = self.asker.path(draft)
        changed = {
            field: value
            for field, value in after.follows.items()
            if field != answered and value is not None and before.follows.get(field) != value
        }
        skipped = {field for field in changed if draft.answers.get(field, "") is None}
        answers = {field: value for field, value in draft.answers.items() if field not in skipped}
        draft = draft.having(answers=answers)
        words = {
            field: words_for(stop.field, value)
            for field, value in changed.items()
            if (stop := after.stop(field))
            and draft.answers.get(field) is not None
            and self.asker.shown(stop, draft.answers[field]) != self.asker.shown(stop, value)
        }
        if not words:
            return draft
        return draft.having(proposal=Proposal(Origin.FOLLOWS, words))

    # --- what may be done with one ------------------------------------------------------------

    def stands(self, draft: Draft, proposal: Proposal) -> bool:
        """Whether whoever it is about is still on the form."""
        return not proposal.someone or proposal.someone in whose.people(self.asker, draft)

    def put(self, draft: Draft, proposal: Proposal) -> Say:
        """Shows what is proposed and asks for a yes, or asks first whose facts they are."""
        return putting.put(self.asker, self.offers, draft, proposal)

    def which_to_fix(self, draft: Draft, proposal: Proposal) -> Say:
        """Asks which of the proposed fields is wrong."""
        return putting.which_to_fix(self.asker, draft, proposal)

    def take(self, draft: Draft, proposal: Proposal, but: FieldId | None = None) -> Draft:
        """The draft with everything proposed, but one field, which is asked next."""
        words = {field: said for field, said in proposal.words.items() if field != but}
        filled = fill(self.asker, draft, words)
        offered = draft.offered
        if proposal.origin is Origin.KNOWN:
            offered = {**offered, proposal.someone: proposal.known}
        taken = filled.draft.having(proposal=None, misses=0, offered=offered)
        keeps = draft.revisiting if draft.revisiting not in filled.values else None
        return taken.having(revisiting=but or keeps)

    def noted(self, before: Draft, after: Draft) -> tuple[Line, ...]:
        """What was taken, read back."""
        new = {
            field: value
            for field, value in after.answers.items()
            if before.answers.get(field) != value
        }
        return lines(self.asker, before, Filled(after, new, ()), masked=True)

    def amended(self, draft: Draft, proposal: Proposal, text: str) -> Draft | None:
        """The draft with the proposal as `text` puts it right: `bé sinh ngày 4/11/2026`."""
        stop = next(iter(whose.proposed(self.asker, draft, proposal)), None)
        said = self._find(draft, text, stop)
        filled = fill(self.asker, draft, said.facts)
        if not filled.values:
            return None
        words = {**proposal.words, **{field: said.facts[field] for field in filled.values}}
        return draft.having(proposal=replace(proposal, words=words))

    def meant(self, draft: Draft, proposal: Proposal, edit: Edit) -> list[Stop]:
        """The proposed fields that a correction may mean, likeliest first."""
        stops = {stop.id: stop for stop in whose.proposed(self.asker, draft, proposal)}
        labels: dict[str, str] = {
            id_: f"{stop.field.label} {stop.section.title}" for id_, stop in stops.items()
        }
        return [stops[FieldId(key)] for key in matching(edit.label, labels)]

    def with_value(self, draft: Draft, proposal: Proposal, stop: Stop, said: str) -> Draft | None:
        """The draft with another value proposed for a field; None if `said` is none."""
        reading = KINDS[stop.field.kind].read(said, self.asker.question(draft, stop))
        if not isinstance(reading, Ok):
            return None
        words = {**proposal.words, stop.id: said}
        return draft.having(proposal=replace(proposal, words=words))

    def named(self, draft: Draft, proposal: Proposal, text: str) -> str:
        """Whom the words name among those a card may belong to; empty if nobody."""
        return whose.named(self.asker, draft, proposal, text)

    def belongs_to(self, draft: Draft, proposal: Proposal, someone: str) -> Draft | None:
        """The draft with a card's facts for the one named; None if they are nobody of the form."""
        one = whose.people(self.asker, draft).get(someone)
        if one is None:
            return None
        words = one.fields(proposal.card)
        return draft.having(proposal=replace(proposal, someone=one.id, words=words))

    def use(self, draft: Draft, proposal: Proposal, known: str) -> Draft | None:
        """The draft with the one chosen of several that are remembered."""
        owner = whose.subject(self.asker, draft, proposal)
        chosen = self.offers.get(known)
        if owner is None or chosen is None:
            return None
        words = owner.fields(chosen.facts)
        return self.take(draft, replace(proposal, words=words, known=chosen.id))

    def _find(self, draft: Draft, text: str, stop: Stop | None) -> Said:
        """The facts in the words, and what they make of the one who files."""
        said = find(self.cues, text, whose.listening(self.asker, draft, stop))
        if stop and not said.facts:
            return said  # `cháu nội` may be the answer to another question
        known = answers(self.asker, draft, said.relation) if said.relation else {}
        told = {**said.tells, **{field: _typed(value) for field, value in known.items()}}
        new = {field: words for field, words in told.items() if field not in draft.answers}
        return replace(said, facts={**new, **said.facts})

    def _with_known(self, draft: Draft, owner: Someone, one: Known) -> Draft:
        words = self.offers.words(draft, owner, one)
        proposal = Proposal(Origin.KNOWN, words, owner.id, known=one.id)
        if one.id in draft.offered.values():
            return self.take(draft, proposal)
        return draft.having(proposal=proposal)


def _typed(value: object) -> str:
    """An answer as `fill` reads it."""
    words = value["text"] if isinstance(value, dict) else value  # somebody's own words for a choice
    return _YES if words is True else str(words)
