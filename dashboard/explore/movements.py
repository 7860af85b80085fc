"""Migration and commuting as a mobile operator counts them: what is awaited while there is nothing to show."""

from markupsafe import Markup

from dashboard.answers import snapshot
from dashboard.language.words import say
from dashboard.parts import html
from dashboard.parts.cached_drawing import kept_of_place
from dashboard.parts.html import tag
from dashboard.view import View

INDICATORS = ("migration_in", "migration_out", "commuting_in", "commuting_out", "returns_in", "returns_out")
COMMAND = "python -m data_access load movements FILE"


@kept_of_place
def awaited(view: View) -> Markup:
    """That operator data are awaited, what they will show and what is needed; nothing once any are published."""
    if any(snapshot.has_cells(name, audience=view.audience, release=view.release) for name in INDICATORS):
        return html.NOTHING
    told = (say("movements.what", view.lang), say("movements.needed", view.lang))
    lines = html.joined((*told, html.joined((tag("code", COMMAND), "."))), " ")
    return html.joined((tag("h2", say("movements.title", view.lang)), tag("p", lines)))
