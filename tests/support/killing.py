"""Commands as processes that a test kills at a chosen moment."""

import time

from data_access.__main__ import main


def killed(process, after_s: float) -> None:
    """Let a process live so long, then kill it (SIGKILL)."""
    time.sleep(after_s)
    process.kill()
    process.join()


def measured(processes, command: list) -> float:
    """Seconds that a command takes from its start to its end, the server of processes being warm."""
    warm = processes.Process(target=int)
    warm.start()
    warm.join()
    started = time.monotonic()
    process = processes.Process(target=main, args=(command,))
    process.start()
    process.join()
    return time.monotonic() - started
