"""Makes .venv and installs what a lock file says, once: `python3 .ci/environment.py [requirements.lock]`.

Run by `make` with the system's Python, so it needs nothing but the standard library. Two at once are safe (the second
waits), and so is one that was interrupted: each stamp is written only when what it stands for is whole.
"""

import fcntl
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
MADE = VENV / "made-for"  # the folder and the Python that the virtual environment was made for
INSTALLED = VENV / "installed"  # one line per lock file installed


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def stamp(lock: str) -> str:
    """One line that changes whenever an installation of this lock file would differ."""
    content = (ROOT / lock).read_bytes() + (ROOT / "pyproject.toml").read_bytes()
    return f"{lock} {hashlib.sha256(content).hexdigest()}\n"


def identity() -> str:
    """What a virtual environment does not outlive: its folder and the version of its Python."""
    if not PYTHON.exists():
        return ""
    ask = "import pip, sys; print(*sys.version_info[:2])"
    answer = subprocess.run([PYTHON, "-c", ask], capture_output=True, text=True)
    return f"{ROOT}\n{answer.stdout}" if answer.returncode == 0 else ""


def make_venv() -> None:
    """An empty virtual environment, unless a whole one stands here already."""
    if read(MADE) and read(MADE) == identity():
        return
    print(f"Making .venv with Python {sys.version.split()[0]} …", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
    MADE.write_text(identity(), encoding="utf-8")


def pip_install(*what: str) -> None:
    """pip, with its progress bars where somebody looks on."""
    quiet = [] if sys.stdout.isatty() else ["--quiet"]
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", *quiet, *what]
    subprocess.run(command, cwd=ROOT, check=True)


def install(lock: str) -> None:
    """Everything in the lock file, checksums compared; then this project itself, as it lies here."""
    if stamp(lock) in read(INSTALLED):
        return
    INSTALLED.unlink(missing_ok=True)
    print(f"Installing {lock} (a minute or two; only when it has changed) …", flush=True)
    pip_install("--require-hashes", "-r", lock)
    pip_install("--no-deps", "--no-build-isolation", "-e", ".")
    locks = {lock, "requirements.lock"}  # every lock file holds the whole of requirements.lock
    INSTALLED.write_text("".join(stamp(name) for name in sorted(locks)), encoding="utf-8")


def main(lock: str) -> None:
    with open(ROOT / ".venv.lock", "w") as turn:
        try:
            fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another make is preparing .venv; waiting for it …", flush=True)
            fcntl.flock(turn, fcntl.LOCK_EX)
        make_venv()
        install(lock)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:] or ["requirements.lock"])
    except subprocess.CalledProcessError as fault:
        step = " ".join(str(part) for part in fault.cmd[1:4])
        sys.exit(f"Could not prepare .venv: `{step}` failed, the reason stands above. Mend it and run make again.")
    except OSError as fault:
        sys.exit(f"Could not prepare .venv: {fault}.")
    except KeyboardInterrupt:
        sys.exit("Interrupted; run make again to carry on.")
