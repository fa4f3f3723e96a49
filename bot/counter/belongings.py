"""What belongs to whom: one citizen's things become another's, or a conversation takes its own and leaves."""

from __future__ import annotations

from dataclasses import dataclass

from bot.basics.ids import CitizenId
from bot.citizens.model import Conversation
from bot.citizens.profile import joined
from bot.counter.ports import Work
from bot.declarations.model import Draft
from bot.dossiers.model import Dossier


@dataclass(frozen=True)
class Belongings:
    """What goes with a conversation: what was filed in it, and what was opened in it last."""

    drafts: tuple[Draft, ...]
    dossiers: tuple[Dossier, ...]

    @property
    def unfinished(self) -> int:
        """How many declarations are still being filled, supplements aside."""
        return sum(draft.dossier is None for draft in self.drafts)


def merge(work: Work, source: CitizenId, target: CitizenId) -> None:
    """Gives everything of one citizen to another: conversations, drafts, dossiers, what is remembered."""
    work.conversations.move(source, target)
    for draft in work.drafts.every(source):
        work.drafts.save(draft.having(citizen=target))
    for dossier in work.dossiers.of_citizen(source):
        work.dossiers.give(dossier.code, target)
    _merge_profiles(work, source, target)


def _merge_profiles(work: Work, source: CitizenId, target: CitizenId) -> None:
    """Whoever refused once, refused; otherwise what was allowed on one side is allowed."""
    profiles = [found for who in (target, source) if (found := work.profiles.get(who))]
    if profiles:
        work.profiles.save(joined(profiles).having(citizen=target))
        work.profiles.erase(source)


def _forget(work: Work, citizen: CitizenId) -> bool:
    """Whose the remembered facts are can no longer be told: nobody takes another's with them."""
    profile = work.profiles.get(citizen)
    if profile is None or not profile.people:
        return False
    work.profiles.erase(citizen)
    return True


def belongings(work: Work, conversation: Conversation) -> Belongings:
    """What would go with the conversation if it left. A dossier's drafts go with the dossier."""
    dossiers = tuple(
        dossier
        for dossier in work.dossiers.of_citizen(conversation.citizen)
        if dossier.conversation == conversation.id
    )
    codes = {dossier.code for dossier in dossiers}
    drafts = tuple(
        draft
        for draft in work.drafts.every(conversation.citizen)
        if (draft.dossier in codes if draft.dossier else draft.conversation == conversation.id)
    )
    return Belongings(drafts, dossiers)


def split_off(work: Work, conversation: Conversation) -> bool:
    """Makes the conversation a citizen of its own, with what belongs to it.

    True if something was remembered that had to be forgotten.
    """
    own, citizen = belongings(work, conversation), CitizenId(work.new_id())
    stays = conversation.draft not in {draft.id for draft in own.drafts}
    alone = conversation.having(citizen=citizen, draft=None if stays else conversation.draft).about(
        dossier=None, offered=()
    )
    work.conversations.save(alone)
    for draft in own.drafts:
        work.drafts.save(draft.having(citizen=citizen))
    for dossier in own.dossiers:
        work.dossiers.give(dossier.code, citizen)
    for other in work.conversations.of_citizen(conversation.citizen):
        if other.draft in {draft.id for draft in own.drafts}:
            work.conversations.save(other.having(draft=None))
    return _forget(work, conversation.citizen)
