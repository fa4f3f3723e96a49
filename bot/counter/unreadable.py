"""Messages that hold nothing to read: each gets a sentence of its own, and loses nothing."""

from __future__ import annotations

from bot.basics.messages import Kind
from bot.basics.say import Say, say
from bot.basics.vietnamese.answers import yes_or_no
from bot.counter.turn import Message

INSTEAD = {
    "voice": "input.voice",
    "audio": "input.audio",
    "video": "input.video",
    "video_note": "input.video",
    "live_photo": "input.video",
    "sticker": "input.sticker",
    "animation": "input.sticker",
    "dice": "input.sticker",
    "contact": "input.contact",
    "link": "input.link",
}
"""What doors call messages that nobody here can read → what is taken instead."""


def has_letters(text: str) -> bool:
    """Whether there are letters or digits in it."""
    return any(map(str.isalnum, text))


def has_words(text: str) -> bool:
    """Whether there is anything to read: letters, digits, or a sign that says yes or no."""
    return has_letters(text) or yes_or_no(text) is not None


def unreadable(message: Message) -> Say | None:
    """What to say about the message if there is nothing in it to read; None if there is."""
    match message.kind:
        case Kind.UNSUPPORTED:
            return say(INSTEAD.get(message.text, "input.unsupported"))
        case Kind.CLICK if message.pressed is None:
            return say("input.old_button")
        case Kind.TEXT if message.is_too_long:
            return say("input.too_long")
        case Kind.TEXT if message.pressed is None and not has_words(message.text):
            return say("input.empty")
    return None
