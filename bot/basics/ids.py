"""Names for the strings that identify things, so that one cannot be passed for another."""

from __future__ import annotations

from typing import NewType

CitizenId = NewType("CitizenId", str)
ConversationId = NewType("ConversationId", str)
"""`channel:address`, e.g. `telegram:910000001`: one chat account on one channel."""

DossierCode = NewType("DossierCode", str)
DraftId = NewType("DraftId", str)
FieldId = NewType("FieldId", str)
"""`tre.ho_ten`; inside a repeating group `thanh_vien[1].ho_ten`."""

FileId = NewType("FileId", str)
MessageId = NewType("MessageId", int)
"""The number of a received message in our inbox."""

ProcedureCode = NewType("ProcedureCode", str)
"""The national code, `1.001193`."""
