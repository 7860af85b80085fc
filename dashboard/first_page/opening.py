"""The head of a page as HTML while the application does not run yet, from what the page itself draws."""

from markupsafe import Markup

from dashboard import data
from dashboard.community import page as community
from dashboard.compare import page as compare
from dashboard.parts import cards
from dashboard.sources import registry
from dashboard.view import View


def opening(view: View) -> Markup:
    """The question, the answer and the first figures of a page."""
    if view.page == "community":
        return community.country(view) if view.area == data.COUNTRY else community.opening(view)
    own = {"compare": compare.heading, "sources": registry.opening}
    return own.get(view.page, cards.opening)(view)
