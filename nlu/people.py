"""People's names written without capitals and without a word that announces them."""

from __future__ import annotations

import re

from bot.basics.vietnamese.letters import flat

SURNAMES = frozenset(
    """nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh truong lam mai cao luu
    trinh ha doan phung to chau quach ta thach lo vi giang nong chu luong tong dao kieu tang la""".split()
)
_SURE = frozenset(
    """nguyễn nguyen trần tran phạm pham hoàng hoang huỳnh huynh trịnh trinh bùi bui đặng đinh
    trương phùng phung""".split()
)
"""Surnames that, written so, are seldom another word."""
_MIDDLE = frozenset("văn van thị thi đức hữu huu".split())
_NO_NAME = frozenset(
    """muon xin lam o co can khai dang nop la sinh cho hoi nhe a nha oi voi va thi de phep ky so nay do roi duoc
    khong ko k giay phi hang nhu khi neu hay tai den tu bi da se mat het bao may trong ngoai tren duoi ra vao
    len xuong tuoi ngay thang nam sdt cccd cmnd dia que di ve gui thuoc tam thuong tru ket hon hoc vu the dat to
    ban cung toi em anh chi con ong ba ma mo doi cap nhan thu sau truoc hom gio qua rat cua nhung cac mot hai
    phai hop lop noi ten ho vi chinh thanh pho xa phuong quan huyen tinh thon ap""".split()
)
_MOST = 3
_WORD = re.compile(r"[^\W\d_]+")


def lower_names(text: str) -> list[tuple[int, int]]:
    """Where `nguyễn thị hoa` or `le van an` stand: a surname and one to three words that are no others."""
    words = list(_WORD.finditer(text))
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(words):
        end = _end(text, words, at)
        if end:
            found.append((words[at].start(), words[end - 1].end()))
        at = end or at + 1
    return found


def _end(text: str, words: list[re.Match[str]], at: int) -> int:
    """Past the last word of the name that begins at `at`; 0 if none does."""
    following = _following(text, words, at)
    has_middle = len(following) > 1 and following[0].lower() in _MIDDLE
    if not has_middle and words[at][0].lower() not in _SURE:
        return 0
    if has_middle and flat(words[at][0]) not in SURNAMES:
        return 0
    count = 2 if has_middle else 0
    while count < len(following) and flat(following[count]) not in _NO_NAME:
        count += 1
    return at + 1 + count if count else 0


def _following(text: str, words: list[re.Match[str]], at: int) -> list[str]:
    """The words that go on where the one at `at` ends, with nothing but a space between."""
    found = []
    for one, other in zip(words[at:], words[at + 1 : at + 1 + _MOST], strict=False):
        if text[one.end() : other.start()] != " ":
            break
        found.append(other[0])
    return found
