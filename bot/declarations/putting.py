"""A proposal as the citizen sees it: what would be filled in, what is doubtful about it, what to press."""

from __future__ import annotations

from bot.basics.ids import FieldId
from bot.basics.say import Button, Say, button, say
from bot.basics.vietnamese import show
from bot.declarations import card, whose
from bot.declarations.asking import Asker, order_button
from bot.declarations.filling import fill, lines
from bot.declarations.model import Draft, Origin, Proposal
from bot.declarations.offering import Offers
from bot.declarations.phrases import Order

_ADDRESS = "dia_chi"


def put(asker: Asker, offers: Offers, draft: Draft, proposal: Proposal) -> Say:
    """Shows what is proposed and asks for a yes, or asks first whose facts they are."""
    if not proposal.words and proposal.origin is Origin.KNOWN:
        return _which_known(asker, offers, draft, proposal)
    if not proposal.words:
        return _whose_card(asker, draft, proposal)
    filled = fill(asker, draft, proposal.words)
    is_masked = proposal.origin in (Origin.CARD, Origin.KNOWN)
    one = whose.subject(asker, draft, proposal)
    return say(
        f"proposal.{proposal.origin}",
        *_buttons(asker, draft, proposal),
        who=one.person.who if one else "",
        lines=lines(asker, draft, filled, masked=is_masked),
        doubts=[*filled.doubts, *_run_out(asker, proposal)],
    )


def which_to_fix(asker: Asker, draft: Draft, proposal: Proposal) -> Say:
    """Asks which of the proposed fields is wrong."""
    filled = fill(asker, draft, proposal.words)
    buttons = (
        button(
            "button.choice",
            "inform",
            {"draft": draft.id, "do": "fix", "field": stop.id},
            label=stop.field.label,
        )
        for stop in whose.proposed(asker, draft, proposal)
        if stop.id in filled.values
    )
    return Say("proposal.fix_which", {}, tuple(buttons))


def _whose_card(asker: Asker, draft: Draft, proposal: Proposal) -> Say:
    people = (
        button(
            "button.choice",
            "inform",
            {"draft": draft.id, "do": "whose", "someone": one.id},
            label=one.person.who,
        )
        for one in whose.bearers(asker, draft, proposal.card)
    )
    return say(
        "proposal.whose",
        *people,
        order_button(draft, "button.drop_card", "drop"),
        name=proposal.card[whose.NAME],
        number=show.masked_id(proposal.card[whose.NUMBER]),
    )


def _which_known(asker: Asker, offers: Offers, draft: Draft, proposal: Proposal) -> Say:
    owner = whose.people(asker, draft)[proposal.someone]
    people = (
        button(
            "button.known",
            "inform",
            {"draft": draft.id, "do": "use", "known": one.id},
            name=one.facts.get(whose.NAME, ""),
            born=one.facts.get("ngay_sinh", ""),
        )
        for one in offers.fitting(draft, owner)
    )
    return say(
        "proposal.which_known",
        *people,
        order_button(draft, "button.someone_else", "drop"),
        who=owner.person.who,
    )


def _buttons(asker: Asker, draft: Draft, proposal: Proposal) -> tuple[Button, ...]:
    if proposal.origin is Origin.KNOWN:
        moved = _address(asker, draft, proposal)
        return (
            order_button(draft, "button.use_known", "take"),
            *((order_button(draft, "button.moved", "fix", moved),) if moved else ()),
            order_button(draft, "button.edit", Order.EDIT),
            order_button(draft, _drops(asker, draft, proposal), "drop"),
        )
    keys = {Origin.CARD: "button.drop_card", Origin.FOLLOWS: "button.keep_typed"}
    return (
        order_button(draft, "button.take", "take"),
        order_button(draft, "button.edit", Order.EDIT),
        order_button(draft, keys.get(proposal.origin, "button.drop"), "drop"),
    )


def _drops(asker: Asker, draft: Draft, proposal: Proposal) -> str:
    one = whose.subject(asker, draft, proposal)
    return "button.someone_else" if one and whose.NAME in one.stops else "button.drop"


def _address(asker: Asker, draft: Draft, proposal: Proposal) -> FieldId | None:
    """The field of an address that may have changed since."""
    one = whose.subject(asker, draft, proposal)
    stop = one.stops.get(_ADDRESS) if one else None
    return stop.id if stop and stop.id in proposal.words else None


def _run_out(asker: Asker, proposal: Proposal) -> list[Say]:
    end = card.has_run_out(proposal.card, asker.today) if proposal.card else None
    return [say("proposal.card_run_out", on=end)] if end else []
