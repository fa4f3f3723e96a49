"""Names of people as typed: the words around them taken off, and what is unusual about them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from bot.basics.vietnamese.letters import flat, plain
from bot.basics.vietnamese.text import has_marks, one_line

_WHO = (
    "con trai|con gái|con|cháu|bé|em|tôi|tui|mình|mẹ|bố|cha|ba|má|vợ|chồng|ông|bà|anh|chị|của"
    "|họ|và|đầy đủ|khai sinh|ho|chau|be|toi|me|bo|chong"
)
_LEAD = re.compile(
    r"(?<!\S)(?:(?:dạ|vâng|thưa)[ ,.]+)?"
    rf"(?:(?:(?:{_WHO}) )*(?:tên|ten)(?: đầy đủ)?(?:(?: (?:{_WHO}))+(?= là| la |:))?"
    rf"(?: là| la)?[ :-]+|(?:(?:{_WHO}) )+là )",
    re.IGNORECASE,
)
# `người Hàn Quốc tên Kim Min Jun`: what stands behind is written large.
_CALLED = re.compile(r"^[^A-ZĐ].* (?:tên|ten)(?: là| la)? (?=[^\W\d_a-z])")
# `dạ thưa cô tên bé là …`; a name of two words stays as it is.
_ADDRESSED = re.compile(
    r"^(?:(?:dạ|Dạ|vâng|Vâng|thưa|Thưa|da thua|Da thua|à|ờ|ờm|ừ)"
    r"(?: (?:thưa|cô|chú|bác|anh|chị|em|co|chu|bac|chi))*[ ,.]+)+(?=\S+ \S)"
)
_TRAIL = re.compile(r"(?:[ ,]+(?:ạ|ak|nhé|nhá))+[ .!]*$")
_TRAIL_OF_CAPITALIZED = re.compile(r"(?:[ ,]+(?:ạ|ak|nhé|nhá|nha|nhe|đó|nè|á))+[ .!]*$")
_BRACKETS = re.compile(r" ?[(\[]([^()\[\]]*)[)\]] ?")
_BETWEEN_NAMES = re.compile(r"\s*[,;&+/]\s*|\s+(?:và|với|cùng)\s+")
_UNNAMED = re.compile(
    r"(?:(?:da|con|be|chau|em|minh|nha|vo chong) )*(?:chua|ko|khong|k)(?: biet)?"
    r" (?:dat|co|chon|tim|nghi)(?: duoc| ra| xong)? ten(?: (?:a|nua|gi|cho|be|con|chau))*"
)
_SENTENCE = re.compile(
    r"(?<!\S)(?:gì|nào|nhiêu|đâu|mấy|đang|sẽ|chưa|rồi|hỏi|hả|của|cho|với|muốn|làm|thì|mà|những|này"
    r"|không|ko|được|phải|giấy|chủ (?:hộ|nhà|trọ))(?!\S)"
)
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?"
)
# Family names and particles of peoples who write without Vietnamese marks; none that an unmarked
# Vietnamese name could hold.
_ETHNIC_WORD = re.compile(
    r"[a-z]+'.*|ksor|siu|rmah|rcom|kpa|rahlan|nie|eban|mlo|kbuor|ayun|hdok|hwing|bkrong|knul|bya"
    r"|adrong|enuol|kdoh|krong|kpor|bdap|blo|cil|kra|jan"
)
_ETHNIC_PARTICLES = ("y", "h", "k")
# Circumflex, breve, horn, the five tones and the caron: what Vietnamese and the other languages of
# the country write (BLDS 2015, Điều 26).
_MARKS = frozenset("\u0302\u0306\u031b\u0300\u0301\u0303\u0309\u0323\u030c")
_TITLES = frozenset(
    "con cháu bé trai gái ông bà cô chú bác anh chị em cụ mẹ bố cha ba má vợ chồng".split()
)
_LEAST_OF_A_NAME = 2
"""Words."""
_SIGNS = frozenset(" '-.")
_LIKE_REPLIES = frozenset({"Huy", "Dung"})
"""Given names that without their large letter are `hủy` and `đúng`."""


@dataclass(frozen=True)
class Name:
    """A name in the letters that were typed, and what stood in brackets beside it."""

    text: str
    dropped: str = ""


def read(text: str) -> Name:
    """The name in an answer such as `con tên là Lê Bảo Ngọc ạ`. Whether it is one is not judged."""
    typed = one_line(plain(text))
    dropped = " ".join(match[1].strip() for match in _BRACKETS.finditer(typed))
    name = _ADDRESSED.sub("", _BRACKETS.sub(" ", typed).strip(), count=1)
    name = _CALLED.sub("", _LEAD.sub("", name, count=1))
    name = _without_titles(name)
    is_capitalized = any(letter.isupper() for letter in name)
    name = (_TRAIL_OF_CAPITALIZED if is_capitalized else _TRAIL).sub("", name)
    name = name.strip(" ,;:!\"'")
    if not re.search(r" [^\W\d_]\.$", name):
        name = name.rstrip(".")
    return Name(" ".join(name.split()), dropped)


def several(text: str) -> tuple[str, ...]:
    """The names in `hai vợ chồng Nguyễn Văn Bình, Trần Thị Lụa`, if it is several, written large."""
    told = one_line(plain(text))
    found = [_written_large(piece) for piece in _BETWEEN_NAMES.split(told)]
    return tuple(found) if len(found) > 1 and all(found) else ()


def _written_large(piece: str) -> str:
    """The name in large letters behind small words: `vợ em Trần Thị Lụa`; empty if it is anything else."""
    words = piece.split()
    small = next((n for n, word in enumerate(words) if word[0].isupper()), len(words))
    name = words[small:]
    is_name = len(name) >= _LEAST_OF_A_NAME and all(map(str.istitle, name))
    return " ".join(name) if is_name and all(map(str.isalpha, name)) else ""


def _without_titles(name: str) -> str:
    """`bà Trần Thị Bảy` without what a person is called before their name, where the name is written large."""
    words = name.split()
    while len(words) > _LEAST_OF_A_NAME and words[0] in _TITLES:
        words = words[1:]
    return " ".join(words) if all(word[0].isupper() for word in words) else name


def is_like_a_reply(text: str) -> bool:
    """Whether a given name stands alone that is also how a reply is typed without marks."""
    return text.strip() in _LIKE_REPLIES


def is_how_people_are_called(name: str) -> bool:
    """Whether the words are nobody's name: `con trai`."""
    words = name.split()
    return len(words) > 1 and all(word in _TITLES for word in words)


def says_unnamed(text: str) -> bool:
    """Whether the answer is that there is no name yet."""
    return _UNNAMED.fullmatch(flat(text).strip(" .!,")) is not None


def sounds_like_a_sentence(name: str) -> bool:
    """Whether words that are in nobody's name stand in it, in small letters: `lệ phí bao nhiêu`."""
    return _SENTENCE.search(name) is not None


def strange_signs(name: str) -> str:
    """The characters that stand in nobody's name, digits among them, each once; empty if none."""
    strange = (c for c in name if not (c.isalpha() or c in _SIGNS or unicodedata.combining(c)))
    return "".join(dict.fromkeys(strange))


def has_foreign_letters(name: str) -> bool:
    """Whether a letter or sign belongs to no language of Việt Nam: `ö`, `王`, a hyphen."""
    return any(
        letter not in " '" and not ("a" <= letter <= "z") and letter not in _MARKS
        for letter in unicodedata.normalize("NFD", name.lower().replace("đ", "d").replace("ƀ", "b"))
    )


def looks_foreign(name: str) -> bool:
    """Whether it reads like no name of Việt Nam, by its letters or its syllables."""
    words = _words(name)
    if has_foreign_letters(name):
        return True
    is_native = has_marks(name) or _is_ethnic(words)
    return not is_native and not all(map(_SYLLABLE.fullmatch, words))


def lacks_marks(name: str) -> bool:
    """Whether it reads like Vietnamese typed without diacritics: `NGUYEN VAN A`."""
    words = _words(name)
    return (
        len(words) > 1
        and not has_marks(name)
        and not _is_ethnic(words)
        and all(map(_SYLLABLE.fullmatch, words))
    )


def _is_ethnic(words: list[str]) -> bool:
    return bool(words) and (
        words[0] in _ETHNIC_PARTICLES or any(map(_ETHNIC_WORD.fullmatch, words))
    )


def _words(name: str) -> list[str]:
    return flat(name).split()
