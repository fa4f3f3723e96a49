"""What an administrative procedure is: facts with their sources, and the form it asks for.

These classes are also the schema of the catalogue files: `read.py` builds them from YAML and reports
every unknown or missing key. `docs/add-a-procedure.md` explains each key to authors.
"""

from __future__ import annotations

from bot.procedures.model.facts import (
    Authority,
    Fee,
    FormReference,
    OnlineLevel,
    Requirement,
    Result,
    Source,
    Steps,
    Text,
    TimeLimit,
    Upload,
    Way,
)
from bot.procedures.model.form import (
    CrossCheck,
    Derivation,
    Field,
    Form,
    Option,
    Person,
    RelationBy,
    Repeat,
    Section,
)
from bot.procedures.model.procedure import Procedure
from bot.procedures.model.terms import (
    Channel,
    Confidence,
    FileKind,
    Level,
    RequirementKind,
    Tier,
    TimeUnit,
)

__all__ = [
    "Authority",
    "Channel",
    "Confidence",
    "CrossCheck",
    "Derivation",
    "Fee",
    "Field",
    "FileKind",
    "Form",
    "FormReference",
    "Level",
    "OnlineLevel",
    "Option",
    "Person",
    "Procedure",
    "RelationBy",
    "Repeat",
    "Requirement",
    "RequirementKind",
    "Result",
    "Section",
    "Source",
    "Steps",
    "Text",
    "Tier",
    "TimeLimit",
    "TimeUnit",
    "Upload",
    "Way",
]
