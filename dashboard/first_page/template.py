"""Streamlit's index page taken apart. What is unknown in it stops the start: an upgrade cannot pass unseen."""

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from streamlit import file_util

FOLDER = Path(file_util.get_static_dir())
# What the pages show first, by its source in Streamlit's manifest: it is asked for only once the application runs.
ASKED_NEXT = ("elements/Html/Html.tsx", "elements/PlotlyChart/PlotlyChart.tsx")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
WHOLE = re.compile(
    r'\s*<!DOCTYPE html>\s*<html lang="en">\s*<head>(?P<head>.*)</head>\s*<body>\s*'
    r'<noscript>.*?</noscript>\s*<div id="root"></div>\s*</body>\s*</html>\s*',
    re.DOTALL,
)
KNOWN = {
    "left out": re.compile(
        r'<meta charset="UTF-8" />|<meta\s+name="viewport"[^>]*>|<title>Streamlit</title>'
        r'|<link rel="shortcut icon"[^>]*>|<link rel="service-desc"[^>]*>'
        r"|<script>\s*window\.prerenderReady = false\s*</script>"
    ),
    "font": re.compile(r'<link\s+rel="preload"\s+href="\.(/static/media/[^"]+)"\s+as="font"[^>]*>'),
    "script": re.compile(r'<script type="module" crossorigin src="\.(/static/js/[^"]+)"></script>'),
    "module": re.compile(r'<link rel="modulepreload" crossorigin href="\.(/static/js/[^"]+)">'),
    "sheet": re.compile(r'<link rel="stylesheet" crossorigin href="\.(/static/css/[^"]+)">'),
}


class UnknownIndexPage(RuntimeError):
    """Streamlit's index page or manifest is not as this module expects it."""

    def __init__(self, what: str):
        super().__init__(
            f"Streamlit's index page has changed: {what}. Compare it with dashboard/first_page/template.py."
        )


@dataclass(frozen=True)
class Template:
    """Addresses of what Streamlit's index page loads, and of the modules that our pages ask for next."""

    script: str
    sheet: str
    font: str
    modules: tuple[str, ...]
    next_modules: tuple[str, ...]

    @property
    def charts(self) -> str:
        """The module that draws charts: a quarter of all that is loaded, and a second of preparation."""
        return next(path for path in self.next_modules if "/PlotlyChart." in path)


@lru_cache(maxsize=1)
def template() -> Template:
    """The template of the installed Streamlit; UnknownIndexPage says what is not as expected."""
    page = (FOLDER / "index.html").read_text("utf-8")
    return taken_apart(page, json.loads((FOLDER / "manifest.json").read_text("utf-8")))


def taken_apart(page: str, manifest: dict[str, dict]) -> Template:
    """What an index page loads; UnknownIndexPage where anything in it is unknown, missing or there twice."""
    whole = WHOLE.fullmatch(COMMENT.sub("", page))
    if whole is None:
        raise UnknownIndexPage("its body is another")
    head, found = whole["head"], {}
    for name, pattern in KNOWN.items():
        found[name] = pattern.findall(head)
        head = pattern.sub("", head)
    if head.strip():
        raise UnknownIndexPage(f"its head has {head.strip()[:100]!r}")
    if any(len(found[name]) != 1 for name in ("script", "sheet", "font")) or len(found["left out"]) != 6:
        raise UnknownIndexPage("something is missing in its head, or is there twice")
    (script,), (sheet,), (font,) = found["script"], found["sheet"], found["font"]
    known = {script, *found["module"]}
    later = tuple(one for one in dict.fromkeys(_closure(manifest)) if one not in known)
    return Template(script, sheet, font, tuple(found["module"]), later)


def _closure(manifest: dict[str, dict]) -> list[str]:
    """The modules of ASKED_NEXT and all that these import."""
    waiting = [_key(manifest, name) for name in ASKED_NEXT]
    seen: dict[str, str] = {}
    while waiting:
        key = waiting.pop(0)
        if key not in seen:
            seen[key] = "/" + manifest[key]["file"]
            waiting += manifest[key].get("imports", ())
    return list(seen.values())


def _key(manifest: dict[str, dict], name: str) -> str:
    keys = [key for key in manifest if key.endswith(name)]
    if len(keys) != 1:
        raise UnknownIndexPage(f"its manifest lists {len(keys)} modules {name}")
    return keys[0]
