"""Proposes answers that nobody typed for their question, and takes them after one yes.

They come from a message that says more than was asked, from an identity card, from what is remembered,
or from a correction. However they come: they are shown, doubts included, and nothing is taken silently.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from bot.basics.ids import FieldId
from bot.basics.say import Button, Say, button, say
from bot.basics.vietnamese import show
from bot.basics.vietnamese.text import fold
from bot.declarations import card
from bot.declarations.asking import Asker, Line, order_button
from bot.declarations.facts import Cues
from bot.declarations.filling import Filled, fill, lines, words_for
from bot.declarations.kinds import KINDS
from bot.declarations.kinds.model import Ok
from bot.declarations.model import Draft, Origin, Proposal, ReceivedFile
from bot.declarations.offering import Offers
from bot.declarations.path import Path, Stop
from bot.declarations.people import Facts, Known, Someone, owner_of, people_of
from bot.declarations.phrases import Edit, Order, matching

_FREE = ("text", "consent", "choice_or_text", "file")
"""Kinds whose answers may be whole sentences: what stands in them is theirs."""
_NUMBER, _NAME, _ADDRESS = "so_dinh_danh", "ho_ten", "dia_chi"


@dataclass(frozen=True)
class Proposer:
    """Proposes for one form."""

    asker: Asker
    cues: Cues
    offers: Offers

    # --- where proposals come from ------------------------------------------------------------

    def from_message(self, draft: Draft, text: str, stop: Stop | None) -> Draft | None:
        """The draft with what `text` says besides the answer to `stop`; None if it says nothing more."""
        if stop and stop.field.kind in _FREE:
            return None
        said = self.cues.find(text, *self._listening(draft, stop))
        words = dict(said.facts)
        if stop and said.answer:
            words.setdefault(stop.id, said.answer)
        filled = fill(self.asker, draft, words) if said.facts else None
        if filled is None or not filled.values.keys() - {stop.id if stop else None}:
            return None
        kept = {field: words[field] for field in filled.values}
        return draft.having(proposal=Proposal(Origin.MESSAGE, kept), pending=None)

    def facts_in(self, text: str) -> int:
        """How many of the questions an opening message answers."""
        people = self._people(self.asker.path_of({}))
        return len(self.cues.find(text, people, None).facts)

    def from_card(self, draft: Draft, facts: Facts) -> Draft | None:
        """The draft with a card's facts for whoever it may belong to; None if it can be nobody's."""
        bearers = self._bearers(draft, facts)
        if not bearers:
            return None
        found = self.asker.path(draft)
        asked = owner_of(self._people(found), self.asker.stop(draft))
        same = [one for one in bearers if self._is_sure(one, facts, found)]
        clear = same or [one for one in bearers if asked and one.id == asked.id]
        clear = clear or (bearers if len(bearers) == 1 else [])
        proposal = Proposal(Origin.CARD, card=facts)
        if clear:
            proposal = dataclasses.replace(
                proposal, someone=clear[0].id, words=clear[0].fields(facts)
            )
        return draft.having(proposal=proposal, pending=None)

    def may_be_a_card(self, draft: Draft, sent: tuple[ReceivedFile, ...]) -> bool:
        """Whether a picture came where the card of somebody would answer."""
        stop = self.asker.stop(draft)
        owner = owner_of(self._people(self.asker.path(draft)), stop)
        fact = stop.field.profile.rpartition(".")[2] if stop else ""
        is_picture = any(item.name.endswith((".jpg", ".png")) for item in sent)
        return is_picture and owner is not None and fact in card.ON_CARD

    def from_known(self, draft: Draft, stop: Stop) -> Draft | None:
        """The draft with what is remembered of whom `stop` asks about; None if nothing is.

        Whoever was taken for one of the people of a form already, is not asked about as another.
        """
        found = self.asker.path(draft)
        owner = owner_of(self._people(found), stop)
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

    def stands(self, draft: Draft, proposal: Proposal) -> bool:
        """Whether whoever it is about is still on the form."""
        return not proposal.someone or proposal.someone in self._people(self.asker.path(draft))

    # --- what may be done with one ------------------------------------------------------------

    def put(self, draft: Draft, proposal: Proposal) -> Say:
        """Shows what is proposed and asks for a yes, or asks first whose facts they are."""
        if not proposal.words:
            return self._whose(draft, proposal)
        filled = fill(self.asker, draft, proposal.words)
        is_masked = proposal.origin in (Origin.CARD, Origin.KNOWN)
        return say(
            f"proposal.{proposal.origin}",
            *self._buttons(draft, proposal),
            who=self._called(draft, proposal),
            lines=lines(self.asker, draft, filled, masked=is_masked),
            doubts=[*filled.doubts, *self._run_out(proposal)],
        )

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
        stop = next((s for s in self._stops(draft) if s.id in proposal.words), None)
        said = self.cues.find(text, *self._listening(draft, stop))
        filled = fill(self.asker, draft, said.facts)
        if not filled.values:
            return None
        words = {**proposal.words, **{field: said.facts[field] for field in filled.values}}
        return draft.having(proposal=dataclasses.replace(proposal, words=words))

    def meant(self, draft: Draft, proposal: Proposal, edit: Edit) -> list[Stop]:
        """The proposed fields that a correction may mean, likeliest first."""
        labels: dict[str, str] = {
            stop.id: f"{stop.field.label} {stop.section.title}"
            for stop in self._stops(draft)
            if stop.id in proposal.words
        }
        stops = {stop.id: stop for stop in self._stops(draft)}
        return [stops[FieldId(key)] for key in matching(edit.label, labels)]

    def with_value(self, draft: Draft, proposal: Proposal, stop: Stop, said: str) -> Draft | None:
        """The draft with another value proposed for a field; None if `said` is none."""
        reading = KINDS[stop.field.kind].read(said, self.asker.question(draft, stop))
        if not isinstance(reading, Ok):
            return None
        words = {**proposal.words, stop.id: said}
        return draft.having(proposal=dataclasses.replace(proposal, words=words))

    def belongs_to(self, draft: Draft, proposal: Proposal, someone: str) -> Draft | None:
        """The draft with a card's facts for the one named; None if they are nobody of the form."""
        one = self._people(self.asker.path(draft)).get(someone)
        if one is None:
            return None
        words = one.fields(proposal.card)
        return draft.having(proposal=dataclasses.replace(proposal, someone=one.id, words=words))

    def named(self, draft: Draft, proposal: Proposal, text: str) -> str:
        """Whom the words name among those a card may belong to; empty if nobody."""
        words = fold(text).removeprefix("cua ").removeprefix("the cua ")
        for one in self._bearers(draft, proposal.card):
            if words in {fold(one.person.who), *map(fold, one.person.words)}:
                return one.id
        return ""

    def which_to_fix(self, draft: Draft, proposal: Proposal) -> Say:
        """Asks which of the proposed fields is wrong."""
        stops = (stop for stop in self._stops(draft) if stop.id in proposal.words)
        filled = fill(self.asker, draft, proposal.words)
        buttons = (
            button(
                "button.choice",
                "inform",
                {"draft": draft.id, "do": "fix", "field": stop.id},
                label=stop.field.label,
            )
            for stop in stops
            if stop.id in filled.values
        )
        return Say("proposal.fix_which", {}, tuple(buttons))

    def use(self, draft: Draft, proposal: Proposal, known: str) -> Draft | None:
        """The draft with the one chosen of several that are remembered."""
        owner = self._people(self.asker.path(draft)).get(proposal.someone)
        chosen = self.offers.get(known)
        if owner is None or chosen is None:
            return None
        words = owner.fields(chosen.facts)
        full = dataclasses.replace(proposal, words=words, known=chosen.id)
        return self.take(draft, full)

    # --- whose ----------------------------------------------------------------------------------

    def _people(self, found: Path) -> dict[str, Someone]:
        return people_of(self.asker.form, found)

    def _stops(self, draft: Draft) -> list[Stop]:
        people = self._people(self.asker.path(draft))
        known = [stop for one in people.values() for stop in one.stops.values()]
        path = self.asker.path(draft).stops
        return [*known, *(stop for stop in path if stop not in known)]

    def _listening(
        self, draft: Draft, stop: Stop | None
    ) -> tuple[Mapping[str, Someone], Someone | None]:
        """The people of the form, and whose facts are given without a name."""
        people = self._people(self.asker.path(draft))
        only = next(iter(people.values())) if len(people) == 1 else None
        return people, owner_of(people, stop) if stop else only

    def _bearers(self, draft: Draft, facts: Facts) -> list[Someone]:
        """Whose card it can be: those who have a name or a number, and this sex."""
        people = self._people(self.asker.path(draft)).values()
        sex = fold(facts.get("gioi_tinh", ""))
        return [
            one
            for one in people
            if {_NUMBER, _NAME} & one.stops.keys()
            and (not one.person.gender or not sex or one.person.gender == sex)
        ]

    def _is_sure(self, one: Someone, facts: Facts, found: Path) -> bool:
        """Whether the number on the card was already given as this person's."""
        stop = one.stops.get(_NUMBER)
        return stop is not None and found.values.get(stop.id) == facts[_NUMBER]

    def _with_known(self, draft: Draft, owner: Someone, one: Known) -> Draft:
        words = self.offers.words(draft, owner, one)
        proposal = Proposal(Origin.KNOWN, words, owner.id, known=one.id)
        if one.id in draft.offered.values():
            return self.take(draft, proposal)
        return draft.having(proposal=proposal)

    # --- words and buttons ------------------------------------------------------------------------

    def _called(self, draft: Draft, proposal: Proposal) -> str:
        one = self._people(self.asker.path(draft)).get(proposal.someone)
        return one.person.who if one else ""

    def _whose(self, draft: Draft, proposal: Proposal) -> Say:
        if proposal.origin is Origin.KNOWN:
            return self._which_known(draft, proposal)
        people = (
            button(
                "button.choice",
                "inform",
                {"draft": draft.id, "do": "whose", "someone": one.id},
                label=one.person.who,
            )
            for one in self._bearers(draft, proposal.card)
        )
        return say(
            "proposal.whose",
            *people,
            order_button(draft, "button.drop_card", "drop"),
            name=proposal.card[_NAME],
            number=show.masked_id(proposal.card[_NUMBER]),
        )

    def _which_known(self, draft: Draft, proposal: Proposal) -> Say:
        found = self.asker.path(draft)
        owner = self._people(found)[proposal.someone]
        people = (
            button(
                "button.known",
                "inform",
                {"draft": draft.id, "do": "use", "known": one.id},
                name=one.facts.get(_NAME, ""),
                born=one.facts.get("ngay_sinh", ""),
            )
            for one in self.offers.fitting(draft, owner)
        )
        return say(
            "proposal.which_known",
            *people,
            order_button(draft, "button.someone_else", "drop"),
            who=owner.person.who,
        )

    def _buttons(self, draft: Draft, proposal: Proposal) -> tuple[Button, ...]:
        if proposal.origin is Origin.KNOWN:
            moved = self._address(draft, proposal)
            return (
                order_button(draft, "button.use_known", "take"),
                *((order_button(draft, "button.moved", "fix", moved),) if moved else ()),
                order_button(draft, "button.edit", Order.EDIT),
                order_button(draft, self._drops(draft, proposal), "drop"),
            )
        keys = {Origin.CARD: "button.drop_card", Origin.FOLLOWS: "button.keep_typed"}
        return (
            order_button(draft, "button.take", "take"),
            order_button(draft, "button.edit", Order.EDIT),
            order_button(draft, keys.get(proposal.origin, "button.drop"), "drop"),
        )

    def _drops(self, draft: Draft, proposal: Proposal) -> str:
        one = self._people(self.asker.path(draft)).get(proposal.someone)
        return "button.someone_else" if one and _NAME in one.stops else "button.drop"

    def _address(self, draft: Draft, proposal: Proposal) -> FieldId | None:
        """The field of an address that may have changed since."""
        one = self._people(self.asker.path(draft)).get(proposal.someone)
        stop = one.stops.get(_ADDRESS) if one else None
        return stop.id if stop and stop.id in proposal.words else None

    def _run_out(self, proposal: Proposal) -> list[Say]:
        end = card.has_run_out(proposal.card, self.asker.today) if proposal.card else None
        return [say("proposal.card_run_out", on=end)] if end else []
