"""What is known about one community?"""

from dashboard import data
from dashboard.address.visitor import arrive
from dashboard.community import ledgers, page, timeline
from dashboard.parts import cards as show
from dashboard.parts.cached_drawing import block

view = arrive("community", tuple(data.registry()))
if view.area == data.COUNTRY:
    block(page.country(view), show.footer(view))
else:
    block(page.opening(view), ledgers.side_by_side(view, page.on_cards(view)), ledgers.steps(view))
    page.trends(view)
    show.end(view, "", timeline.course(view), page.around(view), page.alike(view))
