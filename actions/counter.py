"""One action for each use case that a rule in stories/rules.yml calls."""

from __future__ import annotations

from actions.translate import CounterAction, UseCase
from bot.counter import ask, file, listing, privacy, supplement, talk, track, withdraw

_INTRODUCES_ITSELF = "action_greet"


def _action(name: str, use_case: UseCase) -> type[CounterAction]:
    """A class, because rasa_sdk builds actions from classes and with no arguments."""
    return type(
        "".join(part.capitalize() for part in name.split("_")),
        (CounterAction,),
        {
            "name": lambda _: name,
            "use_case": staticmethod(use_case),
            "introduces": name != _INTRODUCES_ITSELF,
        },
    )


ACTIONS = [
    _action(name, use_case)
    for name, use_case in {
        "action_answer": ask.answer,
        "action_list": listing.list_procedures,
        "action_start_filing": file.start,
        "action_resume_filing": file.resume,
        "action_put_aside": file.put_aside,
        "action_track": track.track,
        "action_supplement": supplement.supplement,
        "action_withdraw": withdraw.withdraw,
        "action_greet": talk.greet,
        "action_plain": talk.plain,
        "action_officer": talk.officer,
        "action_complain": talk.complain,
        "action_rate": talk.rate,
        "action_privacy": privacy.privacy,
        "action_outside_a_form": talk.outside_a_form,
        "action_out_of_scope": talk.out_of_scope,
    }.items()
]
