"""The kinds of fields by the names that form files use."""

from __future__ import annotations

from collections.abc import Mapping

from bot.declarations.kinds.addresses import ADDRESS, PROVINCE
from bot.declarations.kinds.agencies import AGENCY
from bot.declarations.kinds.agreement import CONSENT, YES_NO
from bot.declarations.kinds.amounts import DECIMAL, INTEGER, MONEY
from bot.declarations.kinds.codes import DOSSIER_CODE, TAX_CODE
from bot.declarations.kinds.contact import EMAIL, PHONE
from bot.declarations.kinds.dates import DATE, DATE_OR_YEAR
from bot.declarations.kinds.identity import CITIZEN_ID, OLD_ID, PASSPORT
from bot.declarations.kinds.listed import COUNTRY, ETHNIC_GROUP, RELATION, RELIGION
from bot.declarations.kinds.model import Kind
from bot.declarations.kinds.moments import MOMENT, TIME
from bot.declarations.kinds.options import CHOICE, CHOICE_OR_TEXT, CHOICES, GENDER
from bot.declarations.kinds.papers import FILE
from bot.declarations.kinds.words import NAME, TEXT

KINDS: Mapping[str, Kind] = {
    "name": NAME,
    "text": TEXT,
    "address": ADDRESS,
    "agency": AGENCY,
    "province": PROVINCE,
    "yes_no": YES_NO,
    "consent": CONSENT,
    "money": MONEY,
    "integer": INTEGER,
    "decimal": DECIMAL,
    "date": DATE,
    "date_or_year": DATE_OR_YEAR,
    "datetime": MOMENT,
    "time": TIME,
    "citizen_id": CITIZEN_ID,
    "old_id": OLD_ID,
    "passport": PASSPORT,
    "phone": PHONE,
    "email": EMAIL,
    "tax_code": TAX_CODE,
    "dossier_code": DOSSIER_CODE,
    "choice": CHOICE,
    "choices": CHOICES,
    "choice_or_text": CHOICE_OR_TEXT,
    "gender": GENDER,
    "ethnic_group": ETHNIC_GROUP,
    "religion": RELIGION,
    "country": COUNTRY,
    "relation": RELATION,
    "file": FILE,
}

_DAYS = frozenset(
    (
        "child_birth",
        "adult_birth",
        "birth",
        "past_event",
        "until",
        "issue_date",
        "appointment",
        "any",
    )
)
ROLES: Mapping[str, frozenset[str]] = {
    "date": _DAYS,
    "date_or_year": _DAYS,
    "datetime": _DAYS,
    "name": frozenset(("new_name",)),
    "address": frozenset(("home", "anywhere")),
    "agency": frozenset(("receiver",)),
}
"""What a field of a kind may be for; each module says what the role changes."""
