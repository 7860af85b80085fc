"""Work done once before the first visitor: imports, the registry, the newest release's cells, the search index."""

import gc
import logging

from dashboard import data
from dashboard.answers import unit
from dashboard.first_page.static_files import compress_first_visit
from dashboard.language import words
from dashboard.search import index

log = logging.getLogger("dashboard")


def warm_up() -> None:
    """Load what every page needs, then set it apart from garbage collection. Never fails: a page says what is wrong."""
    import plotly.graph_objects  # noqa: F401  (0.5 s that the first visitor would wait)

    compress_first_visit()
    words.strings()
    try:
        for name, indicator in data.registry().items():
            for breakdown in ("", *indicator.breakdowns):
                data.cells(name, breakdown=breakdown)
        unit.headlines(data.COUNTRY)
        unit.status_rows(data.COUNTRY)
        for table in ("producers", "releases"):
            data.table(table)
        data.sources()
        index.index()
    except data.Unavailable as problem:
        log.warning("%s", problem)
    gc.collect()
    gc.freeze()
