"""Which projects are shown per oblast only: energy, water, hospitals, shelters, bridges and rail.

A project is open only if a sector or a word of its title says so and none says the contrary: in doubt it is restricted.
Sectors are those of OC4IDS (transport.rail) and of the World Bank, which DREAM adds (WB-ECO: LT, WC).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

RESTRICTED_SECTORS = ("energy", "waterAndWaste", "health", "transport.rail", "transport.water")
OPEN_SECTORS = ("education", "cultureSportsAndRecreation", "socialHousing", "economy", "transport.road")
RESTRICTED_WB, OPEN_WB = re.compile(r"[LWH]|TW|TP"), re.compile(r"[EYASF]|TI|TF")
RESTRICTED_WORDS = re.compile(
    # energy: neither electronic services nor the energy efficiency of a building
    r"енерг(?!оефект|озбере|оощад)|електр(?!онн)|підстанц|трансформатор|генератор|котельн|тепл(?:ов|опо|оце|оме)|"
    r"\b(?:тец|тес|гес|аес|леп)\b|газопр|газопо|газороз|сонячн|"
    r"\benergy(?! effic)|\belectric|\bpower|substation|transformer|generator|boiler|heating|\bgas\b|solar|"
    # water
    r"водо(?!лікар)|водн|каналізац|очисн|насос|свердловин|артез|гребл|дамб|колектор|гідро|"
    r"water|sewer|sewage|\bpump|\bdam\b|"
    # hospitals
    r"лікарн|лікуваль|шпитал|госпітал|поліклін|амбулатор|медич|медцентр|клінік|пологов|диспансер|\bфап\b|реабілітац|"
    r"hospital|clinic|medical|health|maternity|ambulator|rehabilitation cent|"
    # shelters and defence
    r"укритт|сховищ|\bпру\b|захисн\w* споруд|цивільн\w* захист|оборон|військ|"
    r"shelter|bunker|civil (?:protection|defen)|defen[cs]e|military|"
    # bridges: «міст» may be towns as well
    r"\bміст\b|\bмост(?:у|а|и|ом|ів|ів|ах|ові|ами)?\b|мостов|шляхопров|віадук|естакад|переправ|понтон|"
    r"bridge|overpass|flyover|viaduct|pontoon|"
    # rail
    r"залізни|залізнодор|вокзал|локомотив|\bдепо\b|метрополітен|\bметро\b|"
    r"\brail|\btrain\b|locomotive|\bmetro\b|\bdepot\b"
)
OPEN_WORDS = re.compile(
    r"школ|ліце|гімназ|садоч|садк|дошкіл|освіт|університет|коледж|бібліот|музе|театр|клуб|культур|спорт|стадіон|"
    r"житл|будинк|гуртожит|дорог|дорож|вулиц|тротуар|парк|сквер|цнап|адміністрат|ринк|"
    r"school|lyce|gymnasium|kindergarten|education|universit|college|librar|museum|theat|cultur|sport|stadium|"
    r"housing|apartment|dormitor|road|street|park|administrat|market"
)


def is_restricted(sectors: Iterable[str], wb_codes: Iterable[str], titles: Iterable[str]) -> bool:
    """Whether a project with these codes and titles may be shown per oblast only."""
    sectors, wb_codes = [*sectors], [code.upper() for code in wb_codes]
    said = " ".join(titles).casefold()
    if _begin(sectors, RESTRICTED_SECTORS) or any(map(RESTRICTED_WB.match, wb_codes)) or RESTRICTED_WORDS.search(said):
        return True
    return not (_begin(sectors, OPEN_SECTORS) or any(map(OPEN_WB.match, wb_codes)) or OPEN_WORDS.search(said))


def _begin(sectors: list[str], known: tuple[str, ...]) -> bool:
    return any(sector == code or sector.startswith(f"{code}.") for sector in sectors for code in known)
