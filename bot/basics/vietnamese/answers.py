"""Short replies: yes, no, "skip this", "I don't know", and the politeness around any answer.

A reply is taken apart into known words; one unknown word and it is a sentence about something else.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from enum import Enum

from bot.basics.vietnamese.letters import agrees, flat


class Reply(Enum):
    """What a short reply to a yes-or-no question says."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"
    """Both, or neither for now: `vâng không`, `để xem`."""


class _Word(Enum):
    YES = (
        "ừ|ừm|ừa|uh|uhm|um|ukm|uk|ờ|ờm|ok|oki|oke|okê|okie|okela|okay|okey|ô kê|đúng|dr|đr|chuẩn"
        "|chính xác|có|vâng|đồng ý|nhất trí|tán thành|1|đc|được|yes|yep|yeah|y|xác nhận"
        "|cam đoan|cam kết|nộp|gửi|phải|cần|muốn|tất nhiên|đương nhiên|👍|👌|✅|✔|☑"
    )
    NOT = "không|ko|kg|k|kh|hok|hong|hông|hổng|hem|khum|chưa|chẳng|chả|đừng|khỏi|miễn|đâu có|có đâu"
    NO = "sai|nhầm|lộn|trật|hủy|thôi|no|nope|0|bỏ|từ chối|👎|❌|✖|✗"
    AT_ALL = "đâu"
    KNOW = "biết|bít|bik|nhớ|rõ|chắc|rành"
    FORGOT = "quên mất|quên béng|quên|chịu|bí"
    LATER = (
        "hình như|có lẽ|hên xui|để xem|xem đã|từ từ|cũng|tùy|khoan|đợi|chờ|suy nghĩ|lát nữa"
        "|2|3|4|5|6|7|8|9"
    )
    POLITE_YES = "dạ|rồi|r|rùi|đã"
    POLITE = (
        "ạ|ak|nha|nhé|nhe|nhá|hen|nghen|á|ah|à|ơi|đó|đấy|nè|này|đi|luôn|vậy|thế|nữa|hết|lắm|bét"
        "|em|con|cháu|tôi|tui|mình|mik|anh|chị|cô|chú|bác|ad|admin|bạn|e|xin|thì|là|mà|chứ|hoàn toàn"
        "|thật|cảm ơn|câu|mục|cái"
    )
    ABOUT = "tên|ngày|tháng|năm|giờ|phút|số|ghi|sao|gì|ai|của|bao nhiêu|nào|lúc|kỹ|chính xác|được"
    """What people say they do not know."""


_NEVER_UNMARKED = frozenset({"chả", "đừng", "bí", "rõ"})
"""Without marks these would be taken for other words: `cha`, `dung`, `bi`, `ro`."""
_VOCABULARY: dict[str, list[tuple[str, _Word]]] = defaultdict(list)
for _class in _Word:
    for _phrase in _class.value.split("|"):
        _VOCABULARY[flat(_phrase)].append((_phrase, _class))

AROUND = (
    *("em là", "tôi là", "mình là", "con là", "bé là", "cháu là", "đó là", "là"),
    *("em chọn", "tôi chọn", "mình chọn", "cho em", "chọn", "lấy", "em", "tôi", "tui", "mình"),
    *("theo", "thuộc", "thuộc diện", "diện", "loại", "của em", "của tôi", "của bé", "rồi"),
)
"""Words that frame an answer chosen from a list: `em chọn …`, `là …`."""
_SKIP = re.compile(
    "bo qua|skip|next|de trong|bo trong|trong|khong co|ko co|k co|khong dien|khong ghi|khoi ghi"
    "|(?:khong|ko|k|hok|hong|chua|ch) (?:xai|dung|su dung|co)(?: (?:email|mail|gmail|gi|gi het))?"
    "|khong can ghi|khong ap dung|n/a|mien khai|qua cau khac|cau nay bo|muc nay khong co"
)
_BUT = re.compile(r"\b(?:nhung|nma|tuy|tru|rieng|hay|hoac)\b")
_SAYS_YES = {_Word.YES, _Word.POLITE_YES, _Word.POLITE, _Word.ABOUT}
_SAYS_NO = {
    _Word.NO,
    _Word.NOT,
    _Word.AT_ALL,
    _Word.YES,
    _Word.POLITE_YES,
    _Word.POLITE,
    _Word.ABOUT,
}
_LEADING = re.compile(r"(?:(?:dạ|vâng|thưa|à|ừ|uh|ờ)[ ,.!]+)+", re.IGNORECASE)
_TRAILING = re.compile(
    r"(?:[ ,.!]+(?:ạ|a|ak|ah|á|nha|nhé|nhe|nhá|hen|nghen|đó|đấy|nè|đi|luôn|rồi|r))+[ .!]*"
)
_SOMEBODY = "(?:cô|chú|bác|anh|chị|em|ad|bạn)"
# `con trai cô ơi`, `12/3/1960 nhé em`
_TO_SOMEBODY = re.compile(
    rf"[ ,]+(?:{_SOMEBODY} ơi|(?:ơi|ạ|nhé|nha|nhe|á|nghen) {_SOMEBODY})[ .!]*$"
)
_BETWEEN = re.compile(r"[,;\n/+&]|\s(?:và|va|với|voi|cùng)\s", re.IGNORECASE)
_TOKENS = re.compile(r"[^\W_]+|[👍👌✅✔☑👎❌✖✗]")
_LONGEST = 80
_MOST_TRAILING = 6


def yes_or_no(text: str) -> Reply | None:
    """What the whole of `text` replies to a yes-or-no question; None if it says anything more."""
    words = _taken_apart(text)
    if words is None or _Word.ABOUT in words or _Word.FORGOT in words:
        return None
    said = [word for word in words if word not in (_Word.POLITE, _Word.POLITE_YES)]
    if not said:
        return Reply.YES if _Word.POLITE_YES in words else None
    if set(said) == {_Word.YES}:
        return Reply.YES
    if not {_Word.KNOW, _Word.LATER}.intersection(said) and _is_no(said):
        return Reply.NO
    return Reply.UNCLEAR


def leading_reply(text: str) -> Reply | None:
    """The yes or no that `có, tôi là mẹ` begins with; None if what follows may take it back."""
    head, comma, rest = text.partition(",")
    reply = yes_or_no(head) if comma and "?" not in rest else None
    if reply not in (Reply.YES, Reply.NO) or _BUT.search(flat(rest)):
        return None
    agreeing = {Reply.YES: _SAYS_YES, Reply.NO: _SAYS_NO}[reply]
    said = {word for token in _TOKENS.findall(rest.lower()) for word in _taken_apart(token) or ()}
    return reply if said <= agreeing else None


def _is_no(said: Sequence[_Word]) -> bool:
    """`sai`, `không`, `không đúng`, `thôi không`; not `không sai`, nor `vâng không`."""
    letters = {_Word.NO: "B", _Word.NOT: "N", _Word.AT_ALL: "D"}
    written = "".join(letters.get(word, "Y") for word in said)
    return re.fullmatch("B+|B*N+Y*D?", written) is not None


def says_not_known(text: str) -> bool:
    """Whether the whole of `text` says that the citizen does not know or remember."""
    words = _taken_apart(text) or []
    letters = {_Word.NOT: "N", _Word.KNOW: "K", _Word.FORGOT: "F", _Word.NO: "B"}
    written = "".join(letters.get(word, "") for word in words)
    return re.fullmatch("(?:N+K+|F)+", written) is not None


def says_skip(text: str) -> bool:
    """Whether the whole of `text` asks to leave the question out."""
    return len(text) <= _LONGEST and _SKIP.fullmatch(flat(without_politeness(text))) is not None


def decides(word: str) -> bool:
    """Whether one word bears on yes or no: `không`, `rồi`, `chịu`; `ạ` and `sao` do not."""
    said = set(_taken_apart(word) or ())
    return bool(said - {_Word.POLITE, _Word.AT_ALL, _Word.ABOUT})


def without_politeness(text: str) -> str:
    """`text` without the little words around an answer; as it was if nothing else is there."""
    return peeled(text)[-1]


def peeled(text: str) -> list[str]:
    """`text` with ever fewer of the little words around it: `dạ tây ban nha ạ`, `tây ban nha` …"""
    bare = _TO_SOMEBODY.sub("", text.strip(" ,.!"))
    if leading := _LEADING.match(bare):
        bare = bare[leading.end() :]
    forms, words = [text], bare.split(" ")
    for _ in range(_MOST_TRAILING):
        forms.append(" ".join(words).strip(" ,.!"))
        if len(words) < 2 or not _is_trailing(words[-1], is_shouted=text.isupper()):
            break
        words.pop()
    return [form for form in dict.fromkeys(forms) if form] or [text]


def pieces(text: str) -> list[str]:
    """The things said one after another: `phở, bún và mì`."""
    return [piece for piece in map(str.strip, _BETWEEN.split(text)) if piece]


def _is_trailing(word: str, *, is_shouted: bool) -> bool:
    """Names have capitals: the `Nha` of `Tây Ban Nha` stays."""
    return _TRAILING.fullmatch(f" {word.lower() if is_shouted else word}") is not None


def _taken_apart(text: str) -> list[_Word] | None:
    """The kinds of the words in `text`, the longest phrases first; None if one is not known."""
    if len(text) > _LONGEST:
        return None
    tokens = _TOKENS.findall(text.lower())
    words: list[_Word] = []
    while tokens:
        for length in (3, 2, 1):
            word = _known(" ".join(tokens[:length])) if length <= len(tokens) else None
            if word:
                words.append(word)
                tokens = tokens[length:]
                break
        else:
            return None
    return words


def _known(phrase: str) -> _Word | None:
    for known, word in _VOCABULARY.get(flat(phrase), ()):
        if agrees(phrase, known) and not (phrase != known and known in _NEVER_UNMARKED):
            return word
    return None
