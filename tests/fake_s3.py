"""A store that speaks as much S3 as we use, with a folder's worth of objects in memory."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit
from xml.sax.saxutils import escape


class FakeS3:
    """One bucket. `objects` is what lies in it, `is_down` makes it answer 503."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.signed_by: set[str] = set()
        self.is_down = False

    @contextmanager
    def running(self) -> Iterator[str]:
        """Serves on this machine; gives its address."""
        server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                pass

            def answer(self, status: int, body: bytes = b"") -> None:
                self.send_response(status)
                self.send_header("content-length", str(len(body)))
                self.send_header("last-modified", "Mon, 23 Nov 2026 02:00:00 GMT")
                self.send_header("etag", '"x"')
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

            def do(self) -> None:
                length = int(self.headers.get("content-length") or 0)
                body = self.rfile.read(length)
                fake.signed_by.add(self.headers.get("authorization", "").partition("/")[0])
                key = unquote(urlsplit(self.path).path).removeprefix("/papers").strip("/")
                if fake.is_down:
                    self.answer(403)
                elif self.command == "PUT":
                    fake.objects[key] = body
                    self.answer(200)
                elif self.command == "POST":
                    self.answer(200, fake.delete(re.findall(r"<Key>(.*?)</Key>", body.decode())))
                elif not key:
                    self.answer(200, fake.listing())
                elif key in fake.objects:
                    self.answer(200, fake.objects[key])
                else:
                    self.answer(404, b"<Error><Code>NoSuchKey</Code></Error>")

            do_GET = do_HEAD = do_PUT = do_POST = do

        return Handler

    def delete(self, keys: list[str]) -> bytes:
        """Deletes several objects; what is said of it."""
        for key in keys:
            self.objects.pop(key, None)
        gone = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in keys)
        return f"<DeleteResult>{gone}</DeleteResult>".encode()

    def listing(self) -> bytes:
        """What a listing says: everything was put just now."""
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        found = "".join(
            f"<Contents><Key>{escape(key)}</Key><LastModified>{now}</LastModified>"
            f"<ETag>x</ETag><Size>{len(body)}</Size></Contents>"
            for key, body in self.objects.items()
        )
        return (
            f"<ListBucketResult><IsTruncated>false</IsTruncated>{found}</ListBucketResult>".encode()
        )
