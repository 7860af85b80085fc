"""What is known about one community?"""

from dashboard import community, data, ledgers, timeline
from dashboard import components as show
from dashboard.visitor import arrive

CHOICES = tuple(data.registry())

view = arrive("community", CHOICES)
if view.area == data.COUNTRY:
    community.country(view)
else:
    community.heading(view)
    community.ways(view)
    community.cards(view)
    ledgers.side_by_side(view)
    ledgers.steps(view)
    timeline.course(view)
    community.trends(view)
    community.around(view)
    community.alike(view)
show.footer(view)
