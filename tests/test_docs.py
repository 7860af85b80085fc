"""What the documents say is so: folders, commands, links, words and decisions that they name are there."""

import io
import re
import shlex
import tomllib
from contextlib import redirect_stdout
from functools import lru_cache
from pathlib import Path

import pytest

from data_access.__main__ import main
from tests.support.repository import BINARY, ROOT, repository_files, text

COMMANDS = ("README.md", "CONTRIBUTING.md")
LINKED = [*map(Path, COMMANDS), *(path.relative_to(ROOT) for path in sorted((ROOT / "docs").glob("*.md")))]
DATE = r"\(20\d\d-[01]\d-[0-3]\d\)"
# (what the glossary forbids, the text in which it means another thing)
EXCEPTIONS: set[tuple[str, str]] = set()


def code_in(document: str) -> list[str]:
    """Lines of code blocks (continued ones joined) and code between backticks."""
    words = text(Path(document)).replace("\\\n", " ")
    blocks = re.findall(r"^```\w*\n(.*?)^```", words, re.M | re.S)
    lines = [line for block in blocks for line in block.splitlines()]
    return lines + re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", words, flags=re.M | re.S))


def commands() -> list[tuple[str, str]]:
    """(module, its arguments) of every `python -m` that the documents quote."""
    found = (re.search(r"python -m (dashboard|data_access)\b(.*)", line) for name in COMMANDS for line in code_in(name))
    return sorted({(match[1], shlex.join(shlex.split(match[2], comments=True))) for match in found if match})


@lru_cache
def help_of(*words: str) -> str:
    """What `python -m data_access … --help` prints, on long lines; fails where there is no such command."""
    said = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(said), pytest.raises(SystemExit) as ended:
        patch.setenv("COLUMNS", "2000")
        main([*words, "--help"])
    assert ended.value.code in (0, None), said.getvalue()
    return said.getvalue()


def paths_in(document: str) -> set[str]:
    """Everything between backticks that is a path; `<name>` stands for one that is yet to come."""
    return {word for word in re.findall(r"`([^`\s]+)`", text(Path(document))) if "/" in word and "<" not in word}


def folders() -> set[str]:
    return {f"{parent}/" for path in repository_files() for parent in path.parents if parent != Path(".")}


def glossary() -> list[list[str]]:
    """Rows of the glossary: concept, Ukrainian, English, never."""
    lines = [line for line in text(Path("docs/glossary.md")).splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


def forbidden() -> list[str]:
    return [word.strip() for row in glossary() for word in row[3].split(";")]


def pattern(word: str) -> re.Pattern:
    """The whole word or phrase, in any case; a star stands for any ending."""
    parts = (re.escape(part).replace(r"\*", r"\w*") for part in word.split())
    return re.compile(r"(?<!\w)" + r"\s+".join(parts) + r"(?!\w)", re.IGNORECASE)


def strings(value: object) -> list[str]:
    """All texts within what a TOML file holds, its keys left out."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [word for one in value for word in strings(one)]
    return [value] if isinstance(value, str) else []


@lru_cache
def readers_texts() -> list[str]:
    """What readers meet: words of the screen and of the registry, and the README."""
    files = [ROOT / "dashboard/language/words.toml", *(ROOT / "data_access/indicators").glob("*.toml")]
    found = [word for file in files for word in strings(tomllib.loads(file.read_text(encoding="utf-8")))]
    return [*found, *text(Path("README.md")).split("\n\n")]


def decisions() -> list[str]:
    """Headings of the decisions."""
    return re.findall(r"^## (.+)$", text(Path("docs/decisions.md")), re.M)


def test_every_folder_stands_on_the_map():
    assert folders() - paths_in("docs/map.md") == set()


@pytest.mark.parametrize("document", ["docs/map.md", "CONTRIBUTING.md"])
def test_files_and_folders_that_are_named_are_there(document):
    known = folders() | {path.as_posix() for path in repository_files()}
    assert paths_in(document), "no path is named: is it still read rightly?"
    assert paths_in(document) - known == set()


@pytest.mark.parametrize("document", COMMANDS)
def test_make_targets_exist(document):
    targets = set(re.findall(r"^([a-z-]+):", text(Path("Makefile")), re.M))
    named = {target for line in code_in(document) for target in re.findall(r"\bmake ([a-z][a-z-]*)", line)}
    assert named, "no target is named: is it still read rightly?"
    assert named - targets == set()


@pytest.mark.parametrize(("module", "arguments"), commands())
def test_commands_and_their_options_exist(module, arguments):
    words = shlex.split(arguments)
    assert (ROOT / module / "__main__.py").is_file()
    options = [word.partition("=")[0] for word in words if word.startswith("-")]
    if module == "dashboard":
        assert words == [], "it takes no arguments"
        return
    said = help_of(*words[:1]) if words else help_of()
    missing = [option for option in options if not re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", said)]
    assert missing == []
    if words[:1] in (["load"], ["template"]) and len(words) > 1:
        assert re.search(rf"(?<![\w-]){re.escape(words[1])}(?![\w-])", said), f"no kind {words[1]}"


def test_the_commands_of_the_readme_are_found():
    assert len([module for module, _ in commands() if module == "data_access"]) > 10


def test_the_glossary_is_whole():
    rows = glossary()
    assert len(rows) >= 40
    assert [row for row in rows if len(row) != 4 or not all(row)] == []
    concepts = [row[0] for row in rows]
    assert len(concepts) == len(set(concepts))


def test_no_word_is_both_the_term_and_forbidden():
    said = [cell for row in glossary() for cell in row[1:3]]
    assert [word for word in forbidden() if any(pattern(word).search(cell) for cell in said)] == []


@pytest.mark.parametrize("word", forbidden())
def test_no_reader_meets_a_word_that_the_glossary_forbids(word):
    found = [words for words in readers_texts() if pattern(word).search(words) and (word, words) not in EXCEPTIONS]
    assert found == []


@pytest.mark.parametrize("document", LINKED, ids=str)
def test_links_lead_somewhere(document):
    links = re.findall(r"\]\(([^)\s]+)\)", text(document))
    inside = [link.partition("#")[0] for link in links if not re.match(r"[a-z]+:|#", link)]
    assert [link for link in inside if not (ROOT / document.parent / link).exists()] == []


def test_decisions_are_numbered_in_order_and_dated():
    numbers = [int(match[1]) for heading in decisions() if (match := re.match(r"(\d+)\. ", heading))]
    assert numbers == list(range(1, len(numbers) + 1))
    assert [heading for heading in decisions() if not re.search(rf"{DATE}$", heading)] == []


def test_every_decision_that_is_named_exists():
    numbers = {int(match[1]) for heading in decisions() if (match := re.match(r"(\d+)\. ", heading))}
    skipped = {Path("docs/decisions.md"), Path("tests/test_docs.py")}
    named, otherwise = {}, []
    for path in repository_files():
        if path.suffix in BINARY or path in skipped or path.parts[0] == "sample_data":
            continue
        words = text(path)
        for match in re.finditer(r"\bdecisions? (\d+)(?:[–-](\d+))?", words):
            named.setdefault(str(path), set()).update(int(number) for number in match.groups() if number)
        otherwise += [str(path) for _ in re.finditer(r"decisions\.md`?[,)]? \(?\d", words)]
    assert named, "no decision is named: are they still read rightly?"
    assert {path: missing for path, found in named.items() if (missing := found - numbers)} == {}
    assert otherwise == [], "write `decision 18`"
