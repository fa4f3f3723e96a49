"""Papers by link: for a channel whose servers are somebody else's, where the agency decides so (LEGAL §10)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.basics.clock import Clock
from bot.basics.errors import Misconfigured, Undeliverable
from bot.basics.ids import ConversationId, FileId
from bot.basics.messages import RemoteFile
from bot.basics.settings import Settings
from bot.jobs.fetch import Fetch
from bot.storage.vault import Vault
from bot.web.spool import Spool
from bot.web.tickets import NO_FILE, Purpose, Ticket, Tickets

_CHANNEL = "telegram"


@dataclass(frozen=True)
class PaperLinks:
    """Addresses on our own server, each good for one thing of one conversation."""

    tickets: Tickets
    address: str

    @classmethod
    def of(cls, chosen: Settings, vault: Vault, clock: Clock) -> PaperLinks | None:
        """What gives links; None where papers go into the chat. Raises `Misconfigured`."""
        if chosen.telegram_papers != "link":
            return None
        if not chosen.address.startswith("https://"):
            raise Misconfigured(
                ["MOTCUA_TELEGRAM_PAPERS: links need an https address in MOTCUA_PUBLIC_URL"]
            )
        return cls(Tickets(vault, clock), chosen.address)

    def upload(self, conversation: ConversationId) -> str:
        """Where the conversation may send papers; empty where it sends them into the chat."""
        if not conversation.startswith(f"{_CHANNEL}:"):
            return ""
        return f"{self.address}/gui-giay-to/{self._issue(Purpose.SEND, conversation)}"

    def paper(self, conversation: ConversationId, file: FileId) -> str:
        """Where a paper sent in the conversation can be read."""
        return f"{self.address}/giay-to/{self._issue(Purpose.READ, conversation, file)}"

    def _issue(self, purpose: Purpose, conversation: ConversationId, file: FileId = NO_FILE) -> str:
        return self.tickets.issue(purpose, Ticket(conversation, file))


def from_here_only(spool: Spool) -> Fetch:
    """Fetches what came over our own page; what was sent into the chat stays where it is."""

    async def fetch(file: RemoteFile) -> bytes:
        if not spool.is_ours(file.ref):
            raise Undeliverable("file.by_link_only")
        return await spool.fetch(file)

    return fetch
