"""The dashboard running as a server of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

START_SECONDS = 120


@contextmanager
def dashboard(database_url: str, log: Path) -> Iterator[str]:
    """A running dashboard: its address, as soon as it answers. What it says goes to `log`."""
    port = free_port()
    settings = {**os.environ, "DATABASE_URL": database_url, "PORT": str(port), "PYTHONUNBUFFERED": "1"}
    with log.open("w") as out:
        command = [sys.executable, "-m", "dashboard"]
        server = subprocess.Popen(command, cwd=log.parent, env=settings, stdout=out, stderr=subprocess.STDOUT)
    try:
        wait_for_answer(f"http://127.0.0.1:{port}", server, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(30)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def health(url: str) -> dict[str, str]:
    """The body of /healthz: its status alone says little, it is 200 even where the address does not exist."""
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=10) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as answer:
        return json.load(answer)


def wait_for_answer(url: str, server: subprocess.Popen, log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            health(url)
            return
        except (OSError, ValueError):
            time.sleep(0.2)
    server.kill()
    raise AssertionError(f"the dashboard did not start:\n{log.read_text()}")
