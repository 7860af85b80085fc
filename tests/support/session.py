"""Visitors without a browser: sessions over Streamlit's own websocket messages."""

import asyncio
import time
from dataclasses import dataclass, field

import websockets
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

SECONDS = 90  # a bound: a view takes milliseconds


@dataclass
class Seen:
    """One view: seconds until its script has finished, messages, bytes, and what a reader should not meet."""

    seconds: float
    messages: int = 0
    bytes: int = 0
    faults: list[str] = field(default_factory=list)


class Session:
    """One open tab of a visitor at `host` (127.0.0.1:port); `async with` opens and closes it."""

    def __init__(self, host: str):
        self.host = host

    async def __aenter__(self) -> "Session":
        address = f"ws://{self.host}/_stcore/stream"
        how = {"max_size": None, "open_timeout": 60, "ping_interval": None}
        self.socket = await websockets.connect(address, subprotocols=["streamlit"], **how)
        return self

    async def __aexit__(self, *_) -> None:
        await self.socket.close()

    async def view(self, address: str) -> Seen:
        """Open `path?query` in this tab."""
        started, seen = time.perf_counter(), Seen(0)
        await self.socket.send(asked(self.host, address).SerializeToString())
        while True:
            raw = await asyncio.wait_for(self.socket.recv(), SECONDS)
            seen.messages += 1
            seen.bytes += len(raw)
            message = ForwardMsg.FromString(raw)
            seen.faults += faults(message)
            if message.WhichOneof("type") == "script_finished":
                seen.seconds = time.perf_counter() - started
                return seen


def asked(host: str, address: str) -> BackMsg:
    """The message by which a browser asks for a page."""
    path, _, query = address.lstrip("/").partition("?")
    message = BackMsg()
    message.rerun_script.query_string, message.rerun_script.page_name = query, path
    message.rerun_script.context_info.locale = "uk-UA"
    message.rerun_script.context_info.timezone = "Europe/Kyiv"
    message.rerun_script.context_info.url = f"http://{host}/{path}"
    return message


def faults(message: ForwardMsg) -> list[str]:
    """A page not found, an exception or a box of error in a message."""
    kind = message.WhichOneof("type")
    if kind == "page_not_found":
        return ["page not found"]
    element = message.delta.new_element
    if element.WhichOneof("type") == "exception":
        return [element.exception.message[:120]]
    if element.WhichOneof("type") == "alert" and element.alert.format == Alert.ERROR:
        return [element.alert.body[:120]]
    return []
