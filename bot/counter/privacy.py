"""What is kept about a citizen, and erasing what may be erased (Luật 91/2025/QH15)."""

from __future__ import annotations

from bot.basics.say import button, say
from bot.counter.attach import erase
from bot.counter.remember import agree, described, memory_buttons, refuse, remembered
from bot.counter.turn import Reply, Turn


def privacy(turn: Turn) -> Reply:
    """Says what is kept and for how long; buttons erase drafts and what is remembered.

    Filed dossiers stay by law.
    """
    turn.remember(unclear="")
    citizen = turn.conversation.citizen
    drafts = turn.work.drafts.unfinished(citizen)
    pressed = turn.message.pressed
    match pressed.facts.get("memory") if pressed else None:
        case "keep":
            return Reply((agree(turn),))
        case "forget":
            return Reply((refuse(turn),))
    if pressed and pressed.facts.get("erase"):
        own = [draft for draft in drafts if draft.dossier is None]
        for draft in own:
            erase(turn.work, draft)
        turn.work.conversations.save(turn.conversation.having(draft=None).about(told=None))
        return Reply((say("privacy.erased", count=len(own)),))
    dossiers = turn.work.dossiers.of_citizen(citizen)
    profile = remembered(turn)
    erasing = (button("button.erase", "privacy_delete", {"erase": "1"}),) if drafts else ()
    return Reply(
        (
            say(
                "privacy.kept",
                *erasing,
                *memory_buttons(profile, bool(dossiers)),
                button("button.officer", "talk_to_officer"),
                people=described(profile.known) if profile else [],
                drafts=len(drafts),
                dossiers=len(dossiers),
                office=turn.desk.office,
            ),
        )
    )
