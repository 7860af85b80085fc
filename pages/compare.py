"""How do I compare with communities like mine?"""

from dashboard.compare import page, small_multiples
from dashboard.compare.controls import arrive, controls
from dashboard.parts import cards as show

view = arrive()
page.heading(view)
controls(view)
page.rows(view)
small_multiples.over_time(view)
page.where(view)
page.table(view)
show.end(view)
