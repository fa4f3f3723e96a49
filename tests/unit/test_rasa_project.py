"""The Rasa project: what the loop steps aside for, what the rules deal with, what the domain names."""

from __future__ import annotations

from pathlib import Path

import yaml

import bot
from actions.counter import ACTIONS
from actions.declaration import ValidateDeclarationForm
from bot.declarations.intents import ORDERS, QUESTIONS

PROJECT = Path(bot.__file__).parent.parent
DOMAIN = yaml.safe_load((PROJECT / "domain.yml").read_text(encoding="utf-8"))
RULES = yaml.safe_load((PROJECT / "stories" / "rules.yml").read_text(encoding="utf-8"))["rules"]
NLU = sorted((PROJECT / "nlu" / "data").glob("*.yml"))


def ruled() -> set[str]:
    """Every intent that a rule deals with."""
    steps = [step for rule in RULES for step in rule["steps"]]
    alone = {step["intent"] for step in steps if "intent" in step}
    either = {choice["intent"] for step in steps for choice in step.get("or", ())}
    return alone | either


def test_every_intent_of_the_domain_has_a_rule() -> None:
    assert ruled() == set(DOMAIN["intents"])


def test_the_domain_has_the_48_intents() -> None:
    assert len(set(DOMAIN["intents"])) == 48


def test_a_turn_that_a_declaration_steps_aside_for_has_a_rule() -> None:
    assert ruled() >= QUESTIONS
    assert not QUESTIONS & set(ORDERS)


def test_what_answers_fields_is_never_a_question() -> None:
    answers = {"inform", "affirm", "deny", "skip", "dont_know", "go_back", "fix_field"}
    assert not QUESTIONS & answers
    assert set(DOMAIN["intents"]) - QUESTIONS - answers == {
        "ask_field_help",
        "cancel_filing",
        "upload_document",
    }


def test_every_action_of_the_domain_is_written_and_no_other() -> None:
    written = {action().name() for action in ACTIONS} | {ValidateDeclarationForm().name()}
    assert written == set(DOMAIN["actions"])


def test_every_intent_has_examples() -> None:
    named: set[str] = set()
    for path in NLU:
        tree = yaml.safe_load(path.read_text(encoding="utf-8"))
        named |= {part["intent"] for part in tree.get("nlu", ()) if "intent" in part}
    assert named == set(DOMAIN["intents"])


def test_slots_do_not_steer_the_conversation() -> None:
    assert all(slot["influence_conversation"] is False for slot in DOMAIN["slots"].values())
