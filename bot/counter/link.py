"""Linking channels: a code asked for in one conversation and typed in another makes both one citizen's."""

from __future__ import annotations

from bot.basics.ids import ConversationId, FileId
from bot.basics.messages import Kind
from bot.basics.say import Button, Command, Say, button, say
from bot.basics.vietnamese.answers import Reply as Answer
from bot.basics.vietnamese.answers import yes_or_no
from bot.citizens.link import LinkCode, code_in, digest, new_code, spaced
from bot.citizens.model import Conversation
from bot.counter.belongings import merge
from bot.counter.guessing import WITHIN, free_again
from bot.counter.speak import spoken
from bot.counter.turn import Reply, Turn
from bot.counter.unlink import LINK, part, part_button, show_links
from bot.documents.qr import qr_picture

_AT_A_DESK = "web"


def link(turn: Turn) -> Reply | None:
    """What the message does to the links of this conversation; None if it is not about them."""
    pressed = turn.message.pressed or _answered(turn)
    if pressed:
        return _pressed(turn, pressed) if pressed.intent == LINK else None
    if turn.message.kind not in (Kind.TEXT, Kind.START):
        return None
    if code := code_in(turn.message.text):
        return _typed(turn, code)
    match turn.desk.phrases.command(turn.message.text):
        case "link":
            return _give_code(turn)
        case "unlink":
            return show_links(turn)
    return None


def _answered(turn: Turn) -> Command | None:
    """The button that a typed yes or no stands for, if a question of ours was the last thing said."""
    offered = [offer.command for offer in turn.conversation.context.offered]
    answer = yes_or_no(turn.message.text) if turn.message.kind is Kind.TEXT else None
    wanted = {Answer.YES: "join", Answer.NO: "leave"}.get(answer) if answer else None
    return next((c for c in offered if c.intent == LINK and c.facts["do"] == wanted), None)


def _pressed(turn: Turn, command: Command) -> Reply:
    match command.facts["do"]:
        case "join":
            return _join(turn, command.facts["code"])
        case "leave":
            turn.work.links.spend(command.facts["code"])
            return Reply((say("link.left"),))
        case "part":
            return part(turn, ConversationId(command.facts["conversation"]))
    return _give_code(turn)


def _give_code(turn: Turn) -> Reply:
    code = new_code()
    turn.work.links.issue(LinkCode(digest(code), turn.conversation.id, turn.now))
    desk, channel = turn.desk, turn.conversation.channel
    ways = {
        "telegram": desk.telegram_url and f"{desk.telegram_url}?start={code}",
        "zalo": desk.zalo_url,  # Zalo's links carry no payload: the code is typed there
        "web": desk.public_url and f"{desk.public_url}/?start={code}",
    }
    shown = {name: "" if channel.startswith(name) else way for name, way in ways.items()}
    picture = _picture(turn, shown["telegram"]) if channel == _AT_A_DESK else ()
    has_picture = bool(picture)
    told = say("link.code", files=picture, code=spaced(code), ways=shown, has_picture=has_picture)
    return Reply((told,))


def _picture(turn: Turn, address: str) -> tuple[FileId, ...]:
    """The link as a QR code, for a telephone held before the screen."""
    if not address:
        return ()
    name = "ma-lien-ket-telegram.png"
    return (turn.work.files.put(name, "image/png", qr_picture(address)).id,)


def _typed(turn: Turn, code: str) -> Reply:
    """Asks before anything is joined. A wrong code, a used one and an old one look alike."""
    here, work = turn.conversation, turn.work
    guesser = ConversationId(f"link:{here.id}"[:200])
    free_at = free_again(work.lookups.since(guesser, turn.now - WITHIN))
    if free_at > turn.now:
        wait = round((free_at - turn.now).total_seconds())
        return Reply((say("link.too_many", wait=wait),))
    known = work.links.find(digest(code))
    if known and known.conversation == here.id:
        return Reply((say("link.typed_here", code=spaced(code)),))
    other = _other_side(turn, known)
    if known is None or other is None or not work.links.open(known.digest, here.id):
        work.lookups.record(guesser, turn.now)
        return Reply((say("link.wrong_code", _again()),))
    if other.citizen == here.citizen:
        work.links.spend(known.digest)
        return Reply((say("link.already", channel=other.channel),))
    return Reply((_are_you_sure(turn, known, other),))


def _other_side(turn: Turn, known: LinkCode | None) -> Conversation | None:
    if known is None or not known.is_good_in(turn.conversation.id, turn.now):
        return None
    return turn.work.conversations.get(known.conversation)


def _are_you_sure(turn: Turn, code: LinkCode, other: Conversation) -> Say:
    citizen = turn.conversation.citizen
    return say(
        "link.sure",
        button("button.link_join", LINK, {"do": "join", "code": code.digest}),
        button("button.link_leave", LINK, {"do": "leave", "code": code.digest}),
        channel=other.channel,
        here=turn.conversation.channel,
        at=code.issued_at,
        drafts=len(turn.work.drafts.unfinished(citizen)),
        dossiers=len(turn.work.dossiers.of_citizen(citizen)),
    )


def _join(turn: Turn, code: str) -> Reply:
    known = turn.work.links.find(code)
    other = _other_side(turn, known)
    if other is None or not turn.work.links.spend(code):
        return Reply((say("link.wrong_code", _again()),))
    here = turn.conversation
    if other.citizen == here.citizen:
        return Reply((say("link.already", channel=other.channel),))
    merge(turn.work, here.citizen, other.citizen)
    told = say("link.joined_there", part_button(here), channel=here.channel)
    turn.work.outbox.add(other.id, spoken(told, turn.desk.wording))
    drafts = turn.work.drafts.unfinished(other.citizen)
    is_free = bool(drafts) and here.draft is None
    resume = (button("button.resume", "resume_filing"),) if is_free else ()
    joined = say(
        "link.joined",
        *resume,
        channel=other.channel,
        drafts=len(drafts),
        dossiers=len(turn.work.dossiers.of_citizen(other.citizen)),
    )
    return Reply((joined,))


def _again() -> Button:
    return button("button.link_code", LINK, {"do": "code"})
