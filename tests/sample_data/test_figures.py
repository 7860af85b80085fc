"""Every published figure that was gathered reaches a reader: as a row, or told in the note of its neighbour."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from data_access import indicators, vocabulary
from tests.support.repository import ROOT

SAMPLE = ROOT / "sample_data"
GATHERED = ROOT.parent / "shared" / "data" / "published" / "figures.csv"
needs_gathered = pytest.mark.skipif(not GATHERED.exists(), reason="the gathered figures lie outside the repository")
OUTSIDE = "outside the topics of the dashboard"
SPOKE_FOR = {  # who is named as the origin of a figure (a part of the name is enough): who produced it
    r"Terekhov": "kharkiv_city",
    r"Olha Demenko": "kharkiv_education",
    r"^City housing department": "kharkiv_housing",
    r"^Kharkiv OVA|Syniehubov": "kharkiv_ova",
    r"Filashkin|^Donetsk OVA": "donetsk_ova",
    r"^Chernihiv OVA": "chernihiv_ova",
    r"^City council|Rehina Kharchenko": "zaporizhzhia_city",
    r"Ivan Fedorov": "zaporizhzhia_ova",
    r"KMDA": "kmda",
    r"^KSE": "kse",
    r"^Kherson OVA|Prokudin": "kherson_ova",
    r"^Kherson city": "kherson_city",
    r"^Kyiv OVA": "kyiv_ova",
    r"^Luhansk OVA|Haidai": "luhansk_ova",
    r"^Mykolaiv OVA|Vitalii Kim": "mykolaiv_ova",
    r"^Sumy OVA": "sumy_ova",
    r"Honcharenko": "kramatorsk_city",
    r"Lukashuk": "dnipro_council",
    r"Babak": "verkhovna_rada",
    r"Lisovyi|^MES saveschools": "mes",
    r"^Minister Oleksii Kuleba|^Ministry for Development": "mindev",
    r"^Ministry for Reintegration": "minreint",
    r"^Ministry of Health": "moh",
    r"^Ministry of Social Policy": "minsocpol",
    r"^PM ": "cmu",
    r"^State register of damaged": "odesa_city",
    r"^UNOSAT": "unosat",
    r"^PDNA": "pdna",
    r"^DREAM": "dream",
    r"^IOM": "iom",
    r"RDNA\d": "rdna",
    r"LIGA": "liga",
}
NARROWER = {"iom_area_baseline": "iom", "minsocpol_budget": "minsocpol"}  # another counting base of the same producer
BY_LEVEL = {"country": 2, "region": 4, "raion": 6, "hromada": 9}  # characters of a P-code


def rows(path):
    with Path(path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def listed(heading):
    """Rows of a table of NOT_CARRIED.md by the figure they name."""
    page = (SAMPLE / "NOT_CARRIED.md").read_text(encoding="utf-8")
    part = page.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in part.splitlines() if re.match(r"\| f\d{4}", line)]
    return {cells[0]: cells[1:] for line in lines if (cells := [cell.strip() for cell in line.strip("|").split("|")])}


VALUES = rows(SAMPLE / "values.csv")
CARRIED = {row["figure_id"]: row for row in VALUES}


def test_a_figure_is_carried_or_told_in_a_note_or_outside_the_topics():
    carried = {name[:5] for name in CARRIED if re.match(r"f0\d{3}", name)}
    told, outside = set(listed("Told in a note")), set(listed("Outside the topics"))
    assert carried | told | outside == {f"f{number:04}" for number in range(1, 327)}
    assert not told & outside and not outside & carried
    assert (len(carried - told), len(told), len(outside)) == (311, 10, 5)
    assert all(OUTSIDE in reason for _, reason in listed("Outside the topics").values())


def test_what_is_told_in_a_note_stands_there_in_both_languages():
    for name, (_, number, where) in listed("Told in a note").items():
        row = CARRIED[where]
        assert number in row["note_en"], (name, row["note_en"])
        ukrainian = {"Six": "Шість"}.get(number, number.replace(".", ",").replace("%", "\u00a0%"))
        assert ukrainian in row["note_uk"], (name, row["note_uk"])


def test_a_page_can_show_every_value():
    """Its level, breakdown, category, coverage, unit and qualifier are known to its indicator and to the words."""
    words = vocabulary()
    for row in VALUES:
        record = indicators()[row["indicator"]]
        assert len(row["territory_code"]) in {BY_LEVEL[level] for level in record.levels}, row["figure_id"]
        if row["breakdown"]:
            assert row["category"] in record.breakdowns[row["breakdown"]], row["figure_id"]
        for name in ("unit", "coverage", "qualifier", "status"):
            assert row[name] in {"", *words[name]}, (row["figure_id"], name)


def test_an_indicator_of_a_part_says_so_itself_and_not_at_each_figure():
    """A figure with `coverage` is no member of a map; where all have one, no page would show the indicator."""
    for name, record in indicators().items():
        own = [row for row in VALUES if row["indicator"] == name]
        assert not own or any(not row["coverage"] for row in own), record.id


def test_where_sources_say_over_and_almost_the_note_says_so():
    found = [row for row in VALUES if row["qualifier"] == "over_or_almost"]
    assert {row["figure_id"] for row in found} == {"f0009", "f0010", "f0079", "f0081"}
    for row in found:
        assert "«понад" in row["note_uk"] and "«майже»" in row["note_uk"], row["figure_id"]
        assert "“over" in row["note_en"] and "“almost”" in row["note_en"], row["figure_id"]


def test_a_count_from_an_image_says_that_it_covers_the_image_only():
    found = [row for row in VALUES if row["indicator"] == "buildings_damaged_satellite" and not row["category"]]
    assert len({row["territory_code"] for row in found}) == 6
    for row in found:
        assert "на знімку" in row["note_uk"] and "on the image" in row["note_en"], row["figure_id"]


def test_every_producer_and_source_is_named_and_used():
    producers = {row["producer"] for row in rows(SAMPLE / "producers.csv")}
    assert {row["producer"] for row in VALUES} | {"mindev_order376"} == producers
    sources = {row["source_id"] for row in rows(SAMPLE / "sources.csv")}
    assert {row["source_id"] for row in VALUES} <= sources
    ordered = {code for record in indicators().values() for code in record.source_order}
    assert ordered - producers <= {"*", "community"}


@needs_gathered
def test_the_producer_is_the_one_who_was_quoted():
    gathered = {row["figure_id"]: row for row in rows(GATHERED)}
    for name, row in CARRIED.items():
        said = gathered.get(name[:5], {}).get("original_source", "")
        if not re.match(r"f0\d{3}", name) or not said:
            continue
        fitting = {producer for who, producer in SPOKE_FOR.items() if re.search(who, said)}
        assert NARROWER.get(row["producer"], row["producer"]) in fitting, (name, said)


@needs_gathered
def test_source_and_place_are_those_that_were_gathered():
    gathered = {row["figure_id"]: row for row in rows(GATHERED)}
    for name, row in CARRIED.items():
        if re.match(r"f0\d{3}", name):
            known = gathered[name[:5]]
            assert row["source_id"] == known["source_id"], name
            places = known["territory_pcode"].split("+")
            assert any(row["territory_code"].startswith(place) for place in places), name
            assert row["territory_code"] in places or "-" in name, name


def test_hromadas_have_one_total():
    counts = Counter(row["level"] for row in rows(SAMPLE / "territories.csv"))
    units = rows(SAMPLE / "territories.csv")
    crimea = sum(row["code"].startswith("UA01") and row["level"] == "hromada" for row in units)
    assert counts["hromada"] == 1469 + crimea == 1772
    said = vocabulary()["caveat"]["communities_total"]
    for number in (counts["hromada"], counts["hromada"] - crimea, counts["hromada"] + 2):
        assert f"{number:,}" in said.en and f"{number:,}".replace(",", "\u00a0") in said.uk
    assert f"{crimea}" in said.en and f"{crimea}" in said.uk
    assert "communities_total" in indicators()["communities_by_status"].caveats
