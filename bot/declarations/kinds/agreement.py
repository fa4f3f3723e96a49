"""Yes or no, and the consent of somebody else."""

from __future__ import annotations

import re
from itertools import pairwise

from bot.basics.vietnamese import show
from bot.basics.vietnamese.answers import Reply, decides, leading_reply, yes_or_no
from bot.basics.vietnamese.letters import agrees, flat
from bot.declarations.kinds import matching
from bot.declarations.kinds.identity import digit_runs
from bot.declarations.kinds.model import (
    Choice,
    Doubt,
    Ok,
    Question,
    Reading,
    Unsure,
    Value,
    Wrong,
)
from bot.declarations.kinds.typed import Typed
from bot.procedures.model import Field

_REFUSAL = re.compile(
    r"\b(?:khong|ko|kg|hok|hong|chua|chang)(?: ai| he| chiu| muon)?(?: dong y| cho| nhat tri| ky)\b"
    r"|\b(?:tu choi|phan doi)\b"
)
_AGREES = re.compile(
    r"\b(?:dong y|nhat tri|tan thanh|cho (?:o|phep|thue|muon|dang ky)|vneid|da ky)\b"
)
_BEFORE_A_REASON = re.compile(
    r"^((?:(?:dạ|vâng|ừ|ờ) )*(?:có|không)(?: ạ)?) (?=(?:tôi|tui|em|mình|con|vì|do) )", re.IGNORECASE
)
"""`có tôi là bố`, where a comma was left out."""
_NUMBER_OF_A_PAPER = 9
"""Digits from which a number beside a name can only be that of an identity paper."""


def offer_yes_and_no(question: Question) -> tuple[Choice, ...]:
    """Both."""
    return (Choice(show.YES, True), Choice(show.NO, False))


def read_yes_or_no(text: str, question: Question) -> Reading:
    """True or False. Words of the question may come back in the answer: `chưa đăng ký ạ`."""
    reply = yes_or_no(text) or yes_or_no(_without_echo(text, question.field))
    reply = reply or leading_reply(_BEFORE_A_REASON.sub(r"\1, ", text))
    if reply is None:
        return Wrong("kinds.yes_no.expected")
    if reply is Reply.UNCLEAR:
        return Unsure("kinds.yes_no.unclear", offer_yes_and_no(question))
    return Ok(reply is Reply.YES)


def _without_echo(text: str, field: Field) -> str:
    asked = matching.asked(field)
    words = [word.strip(" .,!?") for word in text.split()]
    return " ".join(w for w in words if decides(w) or not any(agrees(w, one) for one in asked))


def show_yes_or_no(value: Value, field: Field) -> str:
    """`Có`, `Không`."""
    return show.YES if value is True else show.NO


def read_consent(text: str, question: Question) -> Reading:
    """Who agrees and how, in the citizen's words: `Trần Thị Hoa đồng ý qua VNeID`, or `Đồng ý`."""
    reply = yes_or_no(text)
    if reply is Reply.NO or _REFUSAL.search(flat(text)):
        return Wrong("kinds.consent.refused")
    if reply is Reply.UNCLEAR:
        return Unsure("kinds.consent.unclear", offer_consent(question))
    if reply is Reply.YES:
        return Ok(show.AGREED)
    if not any(map(str.isalpha, text)):
        return Wrong("kinds.consent.expected")
    numbers = [run for run in digit_runs(text) if len(run) >= _NUMBER_OF_A_PAPER]
    odd = [Doubt("kinds.consent.number", {"length": len(n)}) for n in numbers if len(n) != 12]
    if not numbers and not _names_somebody(text) and not _AGREES.search(flat(text)):
        odd.append(Doubt("kinds.consent.unnamed"))
    return Ok(text, tuple(odd[:1]))


def _names_somebody(text: str) -> bool:
    """Whether two words in a row begin with capitals."""
    return any(one[0].isupper() and other[0].isupper() for one, other in pairwise(text.split()))


def offer_consent(question: Question) -> tuple[Choice, ...]:
    """That they agree, without more."""
    return (Choice(show.AGREED, show.AGREED),)


YES_NO = Typed(read_yes_or_no, offer_yes_and_no, show_yes_or_no)
CONSENT = Typed(read_consent, offer_consent, is_open=True)
