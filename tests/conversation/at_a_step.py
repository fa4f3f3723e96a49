"""Puts a citizen somewhere in a declaration without typing all that comes before."""

from __future__ import annotations

from collections.abc import Mapping

from bot.basics.ids import DraftId, MessageId
from bot.counter.forms import version_of
from bot.counter.turn import conversation_of
from bot.declarations.model import Draft
from tests import walking
from tests.conversation.world import Citizen
from tests.walking import filed_here, typing


def puts(citizen: Citizen, walker: walking.Citizen) -> Draft:
    """The walker's draft, open in the citizen's conversation."""
    world, code = citizen.world, walker.draft.procedure
    with world.storage.work() as work:
        known = conversation_of(work, citizen.conversation, world.clock.now())
        here = walker.draft.having(
            id=DraftId(f"at-a-step-of-{code}"),
            citizen=known.citizen,
            form_version=version_of(world.desk.catalogue.get(code)),
            last_message=MessageId(0),
            updated_at=world.clock.now(),
        )
        work.drafts.save(here)
        about = known.about(procedure=code, offered=(), introduced=True)
        work.conversations.save(about.having(draft=here.id))
    return here


def stands_before_filing(
    citizen: Citizen, code: str, answers: Mapping[str, str] | None = None
) -> Draft:
    """All of the form's example is answered, with these answers besides; only filing is left."""
    procedure = next(procedure for procedure in filed_here() if procedure.code == code)
    return puts(citizen, walking.Citizen(procedure, answers).walks(typing))


def stands_at(citizen: Citizen, code: str, field: str) -> Draft:
    """Everything before `field` is answered as in the form's example."""
    procedure = next(procedure for procedure in filed_here() if procedure.code == code)
    walker = walking.Citizen(procedure)
    while walker.draft.asking != field:
        typing(walker)
    return puts(citizen, walker)
