"""Streamlit's scripts and styles, compressed once and kept. Streamlit itself sends its 7.6 MB as they are."""

import mimetypes
import threading
from functools import lru_cache
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.first_page import compressed
from dashboard.first_page.template import FOLDER, template

TEXTS = {".js", ".css", ".svg", ".json"}  # fonts and pictures are compressed as they are
_kept: dict[str, compressed.Content] = {}
FOR_EVER = "public, immutable, max-age=31536000"  # a name holds a hash of its content


class CompressedStaticFiles:
    """Middleware that answers for /static. Requests for a part of a file and from who accepts no encoding go on."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] not in _files() or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        encoding = compressed.accepted(asked.get("accept-encoding", ""))
        if "range" in asked or not encoding:
            await self.app(scope, receive, _varying(send))
            return
        what = _kept.get(scope["path"])
        if what is None or not what.has(encoding):
            what = await run_in_threadpool(_compress, scope["path"], encoding)
        response = compressed.answer(scope["method"], asked, what, cache_control=FOR_EVER)
        await response(scope, receive, send)


def compress_first_visit() -> None:
    """Compress what a first visit loads, in a thread of its own: nobody waits for it."""
    loaded = template()
    first = {loaded.script, loaded.sheet, *loaded.modules, *loaded.next_modules} & _files().keys()
    threading.Thread(target=lambda: [_compress(path) for path in first], daemon=True).start()


def _compress(path: str, encoding: str = "br") -> compressed.Content:
    """The content of one of Streamlit's files by its address, with its twin in this encoding at hand."""
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    what = _kept.setdefault(path, compressed.Content(_files()[path].read_bytes(), kind))
    what.encoded(encoding)
    return what


@lru_cache(maxsize=1)
def _files() -> dict[str, Path]:
    """The files worth compressing, by address: nothing else can be asked for here."""
    found = ((one, one.suffix, one.stat().st_size) for one in (FOLDER / "static").rglob("*"))
    return {
        f"/{one.relative_to(FOLDER).as_posix()}": one
        for one, suffix, size in found
        if suffix in TEXTS and size >= compressed.SMALLEST
    }


def _varying(send: Send) -> Send:
    """The same answer, marked as one that another Accept-Encoding would change."""

    async def marked(message):
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], (b"vary", b"Accept-Encoding")]
        await send(message)

    return marked
