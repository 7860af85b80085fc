"""The questions of docs/questions.md, as that table tells them."""

import re
from dataclasses import dataclass
from pathlib import Path

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "questions.md"
STEP = re.compile(r"(search|choose|click|unfold) “(.+)”")


@dataclass(frozen=True)
class Question:
    """One row: who asks, on what screen, where she starts, her steps (verb, words), where she arrives, what she reads.

    `figures`: ids in sample_data/values.csv of the figures in the answer.
    """

    number: int
    asked_by: str
    screen: str
    text: str
    start: str
    steps: tuple[tuple[str, str], ...]
    address: str
    answer: tuple[str, ...]
    figures: tuple[str, ...]

    @property
    def lang(self) -> str:
        return "en" if "lang=en" in self.address else "uk"


def questions() -> list[Question]:
    """All rows of the document in their order. Raises ValueError for a step that has no such form."""
    found, asked_by = [], ""
    for line in DOCUMENT.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            asked_by = line[3:]
        if re.match(r"\| \d+ \|", line):
            found.append(_question([cell.strip() for cell in line.strip("|").split("|")], asked_by))
    return found


def _question(cells: list[str], asked_by: str) -> Question:
    number, screen, text, way, address, answer, figures = cells
    start, *steps = way.split(" → ")
    return Question(
        int(number),
        asked_by,
        screen,
        text,
        start.strip("`"),
        tuple(map(_step, steps)),
        address.strip("`"),
        tuple(re.findall(r"“([^”]+)”", answer)),
        tuple(figures.split()) if figures != "—" else (),
    )


def _step(words: str) -> tuple[str, str]:
    match = STEP.fullmatch(words)
    if match is None:
        raise ValueError(f"no step of docs/questions.md: {words}")
    return match[1], match[2]
