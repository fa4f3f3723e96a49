"""The composition root: the one place where real parts are chosen and put together."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.basics import logs, settings
from bot.basics.clock import Clock, SystemClock
from bot.basics.errors import Misconfigured, Undeliverable
from bot.basics.ids import FileId
from bot.basics.settings import Settings
from bot.basics.wording import Wording
from bot.counter.ports import Desk
from bot.declarations.cues import Cues
from bot.declarations.phrases import Phrases
from bot.declarations.steering import Steering
from bot.documents.typst_documents import TypstDocuments
from bot.dossiers.calendar import OfficeHours, WorkingCalendar
from bot.notifications.ports import FileToSend
from bot.notifications.templates import Rates
from bot.procedures.catalogue import LiveCatalogue
from bot.procedures.knowledge import Knowledge
from bot.procedures.levels import read_figures
from bot.procedures.near import Offices
from bot.procedures.office import Office
from bot.procedures.places import Places
from bot.storage import database
from bot.storage.sending import Sending
from bot.storage.shelf import Shelf
from bot.storage.storage import Storage
from bot.storage.vault import Vault
from bot.wiring_papers import PaperLinks

if TYPE_CHECKING:  # Rasa takes seconds to import; commands that need no engine should not wait
    from bot.conversation.engine import Engine
    from bot.conversation.understanding import Understanding


@dataclass(frozen=True)
class Parts:
    """Everything that lives as long as the process."""

    settings: Settings
    clock: Clock
    storage: Storage
    desk: Desk
    links: PaperLinks | None = None
    """Where papers go by link; None: nowhere."""

    @contextmanager
    def sending(self) -> Iterator[Sending]:
        """A transaction over what is on its way out."""
        with self.storage.work() as work:
            yield work.sending


class OutgoingFiles:
    """Files of messages, for the doors."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def fetch(self, file: FileId) -> FileToSend:
        """The file. Raises `Undeliverable` if it is gone."""
        with self._storage.look() as work:
            known = work.files.get(file)
            if known is None:
                raise Undeliverable("file.gone")
            try:
                return FileToSend(known.name, known.mime, work.files.open(file))
            except FileNotFoundError as error:
                raise Undeliverable("file.gone") from error


def assemble(chosen: Settings, clock: Clock | None = None) -> Parts:
    """All parts for these settings, the database brought up to date. Raises `Misconfigured`."""
    clock = clock or (SystemClock.starting_at(chosen.now) if chosen.now else SystemClock())
    vault = Vault.open_with(chosen.encryption_keys.get_secret_value(), chosen.data_dir)
    engine = database.connect(chosen.database)
    database.migrate(engine)
    storage = Storage(engine, vault, clock, make_shelf(chosen))
    desk, links = make_desk(chosen, clock), PaperLinks.of(chosen, vault, clock)
    if links:
        desk = dataclasses.replace(desk, upload_link=links.upload)
    return Parts(chosen, clock, storage, desk, links)


def make_shelf(chosen: Settings) -> Shelf:
    """Where files are kept: in `data_dir`, or in a store that speaks S3."""
    here = Shelf.in_folder(chosen.data_dir / "files")
    if not chosen.files_url:
        return here
    key, secret = chosen.s3_key_id.get_secret_value(), chosen.s3_secret_key.get_secret_value()
    return Shelf.in_s3(
        chosen.files_url, chosen.s3_endpoint, chosen.s3_region, key, secret, before=here
    )


def make_desk(chosen: Settings, clock: Clock) -> Desk:
    """What the counter works with besides the database. Raises `Misconfigured`."""
    folder = chosen.catalogue_dir
    office_file = folder / "units" / "offices" / f"{chosen.office}.yml"
    if not office_file.exists():
        raise Misconfigured([f"MOTCUA_OFFICE: there is no {office_file}"])
    office = Office.read(office_file)
    return Desk(
        live=LiveCatalogue(folder),
        knowledge=Knowledge.read(folder / "levels.yml"),
        figures=read_figures(folder / "level_counts.yml"),
        wording=Wording.read(folder / "wording"),
        phrases=Phrases.read(folder / "phrases.yml"),
        steering=Steering.read(folder / "phrases.yml"),
        cues=Cues.read(folder / "facts.yml"),
        places=Places.read(folder / "units"),
        calendar=WorkingCalendar.read(folder / "calendar"),
        office=office,
        offices=Offices.read(office_file.parent, is_demo=office.is_demo),
        hours=OfficeHours.of(office.hours),
        documents=TypstDocuments(is_demo=office.is_demo),
        clock=clock,
        mask=_mask,
        public_url=chosen.address,
        telegram_url=chosen.telegram_url,
        zalo_url=chosen.zalo_url,
        rates=_rates(chosen),
        officer_talks=timedelta(minutes=chosen.officer_talk_minutes),
    )


def _rates(chosen: Settings) -> Rates:
    """Zalo's rates; no template is used while the door to Zalo is closed."""
    listed = chosen.zalo_templates.split(",") if chosen.zalo_oa_id else ()
    ids = dict(item.strip().split("=") for item in listed if item)
    window = timedelta(hours=chosen.zalo_window_hours)
    return Rates.read(chosen.catalogue_dir / "zalo_templates.yml", ids, window)


def _mask(text: str, today: date) -> str:
    from nlu.review import masked  # brings the readers of entities with it

    return masked(text, today)


def make_engine(parts: Parts) -> Engine:
    """The conversation engine with the model for the present training data."""
    from bot.conversation import training
    from bot.conversation.engine import Engine
    from nlu.components import procedures

    procedures.use(parts.desk.live)
    return Engine(training.trained_model(parts.settings.models_dir), parts.desk)


def make_finder_ready(parts: Parts) -> None:
    """Builds the finder for the catalogue as its files are now, before a message needs it."""
    from nlu.components import procedures

    procedures.use(parts.desk.live)
    procedures.warm()


def make_understanding(chosen: Settings) -> Understanding:
    """Text and the code of the procedure last talked about → what Rasa's pipeline makes of it."""
    from bot.conversation import training
    from bot.conversation.understanding import Understanding
    from nlu.components import procedures

    procedures.use(LiveCatalogue(chosen.catalogue_dir))
    return Understanding(training.trained_model(chosen.models_dir))


def start_logging(chosen: Settings, file: Path | None = None) -> None:
    """Logs to stderr, or to `file` where stderr is a person's screen."""
    if file is None:
        logs.configure(chosen.log_level)
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    logs.configure(chosen.log_level, file.open("a", encoding="utf-8"))


@functools.cache
def for_action_server() -> Parts:
    """The parts of a separate action server (`rasa run actions`)."""
    return assemble(settings.read())
