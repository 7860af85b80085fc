"""Migration and commuting as a mobile operator counts them: what is awaited while there is nothing to show."""

from markupsafe import Markup

from dashboard import data
from dashboard.answers import snapshot
from dashboard.explore import association
from dashboard.language.words import say
from dashboard.parts import html
from dashboard.parts.cached_drawing import kept_of_place
from dashboard.parts.html import tag
from dashboard.view import View

INDICATORS = ("migration_in", "migration_out", "commuting_in", "commuting_out", "returns_in", "returns_out")
CONTRACT = "mobility_contract"  # a fact: who has ordered such figures


@kept_of_place
def awaited(view: View) -> Markup:
    """That operator data are awaited, what they will show and what is needed; nothing once any are published."""
    if any(snapshot.has_cells(name, audience=view.audience, release=view.release) for name in INDICATORS):
        return html.NOTHING
    told = f"{say('movements.what', view.lang)} {say('movements.needed', view.lang)}"
    facts = data.table("association_facts").to_dict("records")
    ordered = [tag("p", association.said(one, view.lang)) for one in facts if one["fact"] == CONTRACT]
    return html.joined((tag("h2", say("movements.title", view.lang)), *ordered, tag("p", told)))
