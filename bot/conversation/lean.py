"""Leaves out what Rasa imports whatever is used and the running assistant never touches. Import it before Rasa.

`rasa` itself (`rasa shell`, `rasa test`) does not come by here and has everything. Without this the first
answer comes two seconds later; `docs/understanding.md` has the figures.
"""

from __future__ import annotations

import rasa_slim

_NEVER_USED = (
    "rasa.core.channels.console",  # the prompt of `rasa shell`
    "rasa.nlu.test",  # `rasa test` and its plots
    "sanic",  # Rasa's server, and doors to channels that are not ours
    "aiohttp",  # action servers and endpoints elsewhere
    "requests",  # telemetry
    "google.auth",  # Hangouts
    "google.oauth2",
    "aio_pika",  # event brokers
    "aiormq",
    "redis",
)
_ONLY_WITH_TENSORFLOW = (
    "rasa.utils.tensorflow.data_generator",
    "rasa.utils.tensorflow.model_data",
    "rasa.utils.tensorflow.model_data_utils",
)

rasa_slim.leave_out(*_NEVER_USED)
if not rasa_slim.has_tensorflow():
    rasa_slim.leave_out(*_ONLY_WITH_TENSORFLOW)
