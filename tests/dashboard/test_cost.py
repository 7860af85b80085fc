"""What a view costs: few messages and few bytes, whatever page, unit and choice."""

import asyncio
from urllib.parse import urlsplit

import pytest

from dashboard import data
from dashboard.address import url
from dashboard.answers import snapshot
from dashboard.answers.page_indicators import CHOICES
from tests.support.run import amount
from tests.support.session import Session

MOST_MESSAGES, MOST_BYTES = 26, 90_000
MOST_OF_ALL_COMMUNITIES = 450_000  # names, raions and values of 1,469 on one map
PLACES = ("", "UA63", "UA74", "UA23", "UA01", "UA80", "UA6312027", "UA6304009", "UA1416001", "UA0102001")


def addresses() -> list[str]:
    """Every page for every place; every indicator of a page and level; languages by turns."""
    places = [*PLACES, *(code for code in data.oblasts() if code not in PLACES)][: amount(8, of=27)]
    asked = [(page, {"area": place and url.katottg(place)}) for page in url.ORDER for place in places]
    for page, names in CHOICES.items():
        for name in names:
            levels = snapshot.levels(url.read({"ind": name}, page, names)[0])
            asked += [(page, {"ind": name, "level": level}) for level in levels]
    asked += [("sources", {"ind": name}) for name in list(data.registry())[:: amount(9, of=1)]]
    asked += [("damage", {"q": "школи"}), ("overview", {"q": "Харків"})]
    return [
        url.address(page, {"lang": "uken"[place % 2 * 2 :][:2], **{key: part for key, part in query.items() if part}})
        for place, (page, query) in enumerate(asked)
    ]


@pytest.mark.slow
def test_no_view_sends_more_than_the_budget(dashboard_url):
    async def seen():
        async with Session(urlsplit(dashboard_url).netloc) as session:
            return [(address, await session.view(address)) for address in addresses()]

    views = asyncio.run(seen())
    assert len(views) > 100
    assert [(address, one.faults) for address, one in views if one.faults] == []
    assert {address: one.messages for address, one in views if one.messages > MOST_MESSAGES} == {}
    assert {address: one.bytes for address, one in views if one.bytes > most(address)} == {}


def most(address: str) -> int:
    return MOST_OF_ALL_COMMUNITIES if "level=hromada" in address else MOST_BYTES
