"""How do I compare with communities like mine?"""

from dashboard.compare.controls import arrive, asked, within
from dashboard.compare.page import page
from dashboard.parts import cards as show
from dashboard.parts.cached_drawing import block

view = arrive()
sort, number, sought = asked()
block(page(view, *within(view, sort, number), sought), show.footer(view))
