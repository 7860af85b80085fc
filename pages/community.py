"""What is known about one community?"""

from dashboard import data
from dashboard.address.visitor import arrive
from dashboard.community import ledgers, page, timeline
from dashboard.parts import cards as show
from dashboard.parts.cached_drawing import block

CHOICES = tuple(data.registry())

view = arrive("community", CHOICES)
if view.area == data.COUNTRY:
    block(page.country(view))
else:
    page.heading(view)
    block(page.ways(view))
    page.cards(view)
    ledgers.side_by_side(view)
    ledgers.steps(view)
    block(timeline.course(view))
    page.trends(view)
    block(page.around(view), page.alike(view))
show.end(view)
