"""How do I compare with communities like mine?"""

from dashboard.compare import page
from dashboard.compare.controls import arrive, controls, sorting
from dashboard.parts import cards as show

view = arrive()
page.heading(view)
controls(view)
page.body(view, *sorting(view))
show.footer(view)
