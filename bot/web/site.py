"""What the pages say about the place they belong to, as the one who runs it decided."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True)
class OtherDoor:
    """Another channel on which the conversation can be had."""

    name: str
    url: str
    qr: str = ""
    """The address as a QR code, an SVG image; empty: only a link."""

    @property
    def qr_source(self) -> str:
        """The QR code as the source of an image."""
        return "data:image/svg+xml;base64," + base64.b64encode(self.qr.encode()).decode()


@dataclass(frozen=True)
class Site:
    """One installation, as its visitors see it."""

    address: str
    """The address citizens see, without a slash at the end."""
    office: str
    phone: str
    is_demo: bool = False
    max_file_mb: int = 10
    embed_origins: tuple[str, ...] = ()
    """Origins of the agencies' sites that may show the chat, e.g. `https://phuong.example.gov.vn`."""
    other_doors: tuple[OtherDoor, ...] = ()

    zalo_verification: str = ""
    """The code by which Zalo sees that the domain is ours; empty: it is not shown."""

    @property
    def is_https(self) -> bool:
        """Whether visitors come over TLS."""
        return self.address.startswith("https://")

    @property
    def host(self) -> str:
        """Host and port of the address."""
        return urlsplit(self.address).netloc
