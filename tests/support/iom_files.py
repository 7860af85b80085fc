"""Workbooks as IOM publishes them: the real ones, where they lie beside the repository, and small ones made here."""

from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from data_access import tables as t

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "real_files"
IDPS = [f"idp-estimates-r{number}_publish.xlsx" for number in (17, 18, 19)]
RETURNEES = [f"ukraine-returnees-dataset-round-{number}_hdx_publish.xlsx" for number in (18, 19)]
KIND = dict.fromkeys(IDPS, "iom-idps") | dict.fromkeys(RETURNEES, "iom-returnees")
HEADER = ["Round", "Country Name", "Country Code", "Reported Date", "Oblast", "Oblast pcode"]
TAGS = ["#meta+round", "#country+name", "#country+code", "#date+reported", "#adm1+Name", "#adm1+code"]
IDP_COLUMN = ("Estimated de facto IDPs present", "#affected+idp+ind")
RETURNEE_COLUMN = ("Estimated returnee pop. Present", "#affected+returnees+ind")
OBLASTS = {
    "Cherkaska": "UA71",
    "Chernihivska": "UA74",
    "Chernivetska": "UA73",
    "Dnipropetrovska": "UA12",
    "Ivano-Frankivska": "UA26",
    "Kharkivska": "UA63",
    "Khmelnytska": "UA68",
    "Kirovohradska": "UA35",
    "Kyiv": "UA80",
    "Kyivska": "UA32",
    "Lvivska": "UA46",
    "Mykolaivska": "UA48",
    "Odeska": "UA51",
    "Poltavska": "UA53",
    "Rivnenska": "UA56",
    "Sumska": "UA59",
    "Ternopilska": "UA61",
    "Vinnytska": "UA05",
    "Volynska": "UA07",
    "Zakarpatska": "UA21",
    "Zhytomyrska": "UA18",
    "Donetska*": "UA14",
    "Zaporizka*": "UA23",
    "Luhanska*": "UA44",
    "Khersonska*": "UA65",
}


def real(name: str) -> Path:
    """A file exactly as IOM published it; the test is skipped where it is not there."""
    if not (REAL / name).exists():
        pytest.skip(f"the published file {name} does not lie beside the repository")
    return REAL / name


def small_workbook(path: Path, kind: str, round_: int = 21, day: datetime = datetime(2025, 7, 31)) -> Path:
    """A round that nobody has published, with made numbers: the n-th oblast has n thousand."""
    counts = [IDP_COLUMN, RETURNEE_COLUMN] if kind == "iom-idps" else [RETURNEE_COLUMN]
    book = Workbook()
    sheet = book.active
    sheet.append(HEADER + [header for header, _ in counts])
    sheet.append(TAGS + [tag for _, tag in counts] + ["* Estimates are likely under-represented."])
    for place, (name, code) in enumerate(OBLASTS.items(), 1):
        numbers = ["n/a" if name.endswith("*") else 1000 * place + part for part in range(len(counts))]
        sheet.append([round_, "Ukraine", "UKR", day, name, code, *numbers])
    unknown = "Residence location unknown (in Ukraine)**"
    sheet.append([round_, "Ukraine", "UKR", day, unknown, "n/a", *range(500, 500 + len(counts))])
    for title, first in (("Top 5 IDP hosting Oblasts", 0.4), ("Top 5 Oblasts of origin of IDPs", 0.3)):
        if kind == "iom-idps":
            other = book.create_sheet(title)
            other.append([title, "% of IDPs"])
            other.append(["Kharkivska Oblast ", first])
            other.append(["Livivska Oblast", 0.1])
            other.append(["Other oblasts", 0.9 - first])
    book.save(path)
    return path


def plainly(path: Path) -> dict[tuple[str, str], float | None]:
    """(indicator, P-code or 'unknown' or 'other') and the number: read by hand, cell by cell."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    roles = {4: "", 6: "idps_surveyed", 7: "returnees_surveyed"} if path.name in IDPS else {6: "returnees_surveyed"}
    found = {}
    for cells in sheet.iter_rows(min_row=3, values_only=True):
        name = cells[4].rstrip("*")
        code = OBLASTS.get(name) or OBLASTS.get(name + "*") or "unknown"
        for place, indicator in roles.items():
            if indicator:
                found[indicator, code] = None if cells[place] == "n/a" else float(cells[place])
    if path.name in IDPS:
        found |= _plain_shares(book.worksheets[1], "idps_hosted_share")
        found |= _plain_shares(book.worksheets[2], "idps_origin_share")
    return found


def _plain_shares(sheet, indicator: str) -> dict:
    found = {}
    for name, share, *_ in sheet.iter_rows(min_row=2, values_only=True):
        if name:
            short = name.replace(" Oblast", "").replace(" City", "")
            code = OBLASTS.get(short) or OBLASTS.get(short + "*") or "other"
            found[indicator, code] = round(100 * share)
    return found


def stored_values(engine) -> dict[tuple[str, str], dict]:
    """Published values by indicator and territory; residence unknown and other oblasts under those words."""
    other = {"unknown_residence": "unknown", "other_oblasts": "other", "": ""}
    with engine.connect() as connection:
        rows = connection.execute(t.published_value.select()).mappings().all()
    return {(row["indicator"], other[row["category"]] or row["territory_code"]): dict(row) for row in rows}
