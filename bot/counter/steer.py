"""What citizens type to move between their papers, understood as the button that would do it.

Only words that name one of the citizen's own papers count, so an answer is never taken for an order.
"""

from __future__ import annotations

from bot.basics.codes import find_dossier_code
from bot.basics.ids import ConversationId
from bot.basics.say import Command
from bot.basics.vietnamese.text import fold
from bot.counter.drafts import named
from bot.counter.forms import procedure_of
from bot.counter.ports import Desk, Work
from bot.declarations.model import Draft
from bot.declarations.phrases import matching

LONGEST = 90
"""Characters; whoever writes more is telling something."""
LIST, AMEND, REUSE = "list", "amend", "reuse"
"""What a command's fact `do` says beyond its intent."""
_NEAR = 90
"""Nearer than the name of a field has to be: the other words of the message may be an answer."""


def steered(work: Work, desk: Desk, conversation: ConversationId, text: str) -> Command | None:
    """The command that `text` gives about the citizen's papers; None if it says anything else."""
    known = work.conversations.get(conversation)
    if known is None or not text or len(text) > LONGEST:
        return None
    said, code = fold(text), find_dossier_code(text)
    dossier = {"dossier_code": str(code)} if code else {}
    if desk.steering.lists(said):
        return Command("resume_filing", {"do": LIST})
    if desk.steering.reuses(said):
        return Command("start_filing", {"do": REUSE, **dossier})
    bare = said.removesuffix(fold(code or "")).strip()
    if desk.steering.amends(bare, is_plain=known.draft is None or code is not None):
        return Command("supplement_dossier", {"do": AMEND, **dossier})
    drafts = work.drafts.unfinished(known.citizen)
    others = [draft for draft in drafts if draft.id != known.draft]
    here = next((draft for draft in drafts if draft.id == known.draft), None)
    return _switched(desk, others, said) or (_begun(desk, here, said) if here else None)


def _switched(desk: Desk, others: list[Draft], said: str) -> Command | None:
    wanted = desk.steering.switches_to(said)
    if wanted is None:
        return None
    name, is_paper = wanted
    if others and is_paper and desk.steering.is_the_other(name):
        return Command("resume_filing", {"draft": others[0].id})
    found = matching(name, {draft.id: _called(desk, draft) for draft in others}, _NEAR)
    if len(found) > 1:
        return Command("resume_filing", {"do": LIST})
    return Command("resume_filing", {"draft": found[0]}) if found else None


def _begun(desk: Desk, here: Draft, said: str) -> Command | None:
    """Opens another procedure than the one being filled; outside a declaration Rasa understands that."""
    name = desk.steering.begins(said)
    if name is None:
        return None
    names: dict[str, str] = {
        procedure.code: " ".join((procedure.name, *procedure.aliases[:3]))
        for procedure in desk.catalogue.written
        if procedure.can_be_filed
    }
    found = matching(name, names, _NEAR)
    if len(found) != 1 or found[0] == here.procedure:
        return None
    return Command("start_filing", {"procedure": found[0]})


def _called(desk: Desk, draft: Draft) -> str:
    procedure = procedure_of(desk, draft.procedure)
    aliases = procedure.aliases[:3] if procedure else ()
    return " ".join((named(desk, draft), *aliases))
