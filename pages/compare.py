"""How do I compare with communities like mine?"""

from dashboard import compare, small_multiples
from dashboard import components as show
from dashboard.compare_controls import arrive, controls

view = arrive()
compare.heading(view)
controls(view)
compare.rows(view)
small_multiples.over_time(view)
compare.where(view)
compare.table(view)
show.footer(view)
