"""What a page opens with, read from its own file, so that the first HTML names nothing a second time.

A file of `pages/` first says what it shows (imports, constants) and then arrives: `view = arrive(...)`. Only what
stands above that line is executed here; the page itself is drawn by Streamlit alone.
"""

import ast
from dataclasses import dataclass
from functools import lru_cache

from dashboard.address.url import PAGES


@dataclass(frozen=True)
class Outline:
    """`choices`: the indicators that the page offers; `headlines`: those of its heading and cards."""

    choices: tuple[str, ...] = ()
    headlines: tuple[str, ...] = ()


@lru_cache(maxsize=20)
def outline(page: str) -> Outline:
    """The outline of `pages/<page>.py`; empty where the page hands no indicators to `arrive` or `heading`."""
    tree = ast.parse((PAGES / f"{page}.py").read_text("utf-8"))
    above = next(place for place, node in enumerate(tree.body) if _arrives(node))
    named: dict[str, object] = {}
    exec(compile(ast.Module(tree.body[:above], []), page, "exec"), named)
    return Outline(_second(tree, "arrive", named), _second(tree, "heading", named))


def _arrives(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "view"


def _second(tree: ast.Module, function: str, named: dict[str, object]) -> tuple[str, ...]:
    """The second argument of the first call of a function."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == function and len(node.args) > 1:
            return tuple(eval(compile(ast.Expression(node.args[1]), function, "eval"), named))
    return ()
