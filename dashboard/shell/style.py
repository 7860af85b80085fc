"""The style sheet of all pages: its address names its content, so that a browser may keep it."""

from hashlib import sha256
from pathlib import Path

SHEET = Path(__file__).resolve().parent.parent / "static" / "style.css"
SHEET_ADDRESS = f"/style.css?v={sha256(SHEET.read_bytes()).hexdigest()[:12]}"
