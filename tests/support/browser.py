"""Finds the Chromium that the browser tests drive; `python -m tests.support.browser` gets one where there is none.

In this order: one on the path, Debian's package (as root, or where sudo asks no password), Playwright's own download.
Each is tried by opening it, because a name on the path may be a shell without a browser.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Error, Playwright, sync_playwright

# The shell comes first: it draws the same pages without windows of its own, in a fifth of the time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
PACKAGE = "chromium-headless-shell"
FLAGS = [
    "--no-sandbox",  # root and containers have no user namespaces
    "--disable-gpu",
    "--use-angle=swiftshader",  # WebGL in software
    "--enable-unsafe-swiftshader",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HELP = """No Chromium could be found or fetched, so the browser tests cannot run. Any of these helps:
  - install Chromium or Chrome so that it is on the path (Debian: sudo apt install chromium-headless-shell),
  - let Playwright fetch its own: .venv/bin/python -m playwright install --with-deps chromium,
  - leave them out: .venv/bin/python -m pytest --ignore=tests/e2e"""


def candidates(playwright: Playwright) -> Iterator[str]:
    """Paths of browsers worth trying, the best first."""
    yield from filter(None, map(shutil.which, NAMES))
    yield playwright.chromium.executable_path


def opens(playwright: Playwright, path: str) -> bool:
    if not Path(path).exists():
        return False
    try:
        playwright.chromium.launch(executable_path=path, args=FLAGS, timeout=60_000).close()
    except Error:
        return False
    return True


def found(playwright: Playwright) -> str | None:
    """The path of the first Chromium that opens."""
    return next((path for path in candidates(playwright) if opens(playwright, path)), None)


def install_package() -> None:
    """Debian's package, where we may install it. Elsewhere (Ubuntu's is a snap) this does nothing."""
    system = Path("/etc/os-release")
    if not system.exists() or "\nID=debian\n" not in f"\n{system.read_text()}" or not shutil.which("apt-get"):
        return
    rights = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    if rights and (not shutil.which("sudo") or subprocess.run([*rights, "true"], stderr=subprocess.DEVNULL).returncode):
        return
    print(f"Installing Debian's package {PACKAGE} for the browser tests …", flush=True)
    apt = [*rights, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"]
    subprocess.run([*apt, "update"], stdout=subprocess.DEVNULL)
    subprocess.run([*apt, "install", "--yes", "--no-install-recommends", PACKAGE], stdout=subprocess.DEVNULL)


def install_download() -> None:
    print("Fetching Playwright's own Chromium for the browser tests …", flush=True)
    libraries = ["--with-deps"] if os.geteuid() == 0 and shutil.which("apt-get") else []
    subprocess.run([sys.executable, "-m", "playwright", "install", *libraries, "chromium"])


def main() -> None:
    with sync_playwright() as playwright:
        for install in (None, install_package, install_download):
            if install:
                install()
            if found(playwright):
                return
    sys.exit(HELP)


if __name__ == "__main__":
    main()
