"""`python -m dashboard`: serve the dashboard on 127.0.0.1:8501 (`HOST=` and `PORT=` change it)."""

import argparse
import contextlib
import os
import socket
import sys

import uvicorn
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory

from dashboard import data


class Compressing(WebSocketsSansIOProtocol):
    """Uvicorn's websockets, compressed as fast as can be: at the usual level a fifth of a view's CPU went into it."""

    def __init__(self, *args, **named):
        super().__init__(*args, **named)
        fast = {"level": 1, "memLevel": 5}
        factory = ServerPerMessageDeflateFactory(
            server_max_window_bits=12, client_max_window_bits=12, compress_settings=fast
        )
        self.conn.available_extensions = [factory]


def listen(host: str, port: int) -> socket.socket:
    """A listening socket without Nagle's delay (40 ms on small answers); exits with a sentence if the port is taken."""
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        sys.exit(f"Cannot listen on {host}:{port}: {error.strerror}. Choose another port: PORT=8502 make run")
    return listener


def asked_port() -> int:
    """PORT as a number; exits with a sentence if it is none."""
    port = os.environ.get("PORT", "8501")
    if not port.isdecimal() or not 0 < int(port) < 65536:
        sys.exit(f"PORT is {port!r}, not a number from 1 to 65535.")
    return int(port)


def main() -> None:
    argparse.ArgumentParser(prog="python -m dashboard", description=__doc__).parse_args()
    host, port = os.environ.get("HOST", "127.0.0.1"), asked_port()
    listener = listen(host, port)
    try:
        data.newest_release()
    except data.Unavailable as problem:
        print(f"The dashboard starts without data. {problem}", file=sys.stderr, flush=True)
    print(f"The dashboard is at http://{host}:{port} (stop it with Ctrl+C)", flush=True)
    config = uvicorn.Config(
        "dashboard.app:app", log_config=None, access_log=False, ws=Compressing, ws_max_size=200 * 2**20
    )
    with contextlib.suppress(KeyboardInterrupt):  # Ctrl+C, once everything is closed
        uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()
