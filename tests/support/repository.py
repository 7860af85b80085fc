"""The files of the repository, and what stands in them."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BINARY = {".geojson", ".gz", ".pdf", ".png", ".ttf", ".woff2", ".xlsx"}


def repository_files() -> list[Path]:
    """Every file of the repository, new ones included, as a path from its root."""
    command = ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git clone: its files cannot be told from others")
    return [Path(name) for name in listed.split("\0") if name and (ROOT / name).is_file()]


def text(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")
