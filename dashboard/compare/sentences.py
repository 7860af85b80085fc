"""A comparison in plain sentences, the same for every indicator: no "worst", what it rests on."""

from collections.abc import Mapping
from fractions import Fraction

from dashboard import data
from dashboard.answers import rates
from dashboard.answers.comparison import FEWEST, Comparison
from dashboard.answers.peer_values import Values
from dashboard.language import figure_text
from dashboard.language.words import counted, number, percent, say, sentence, term

NOUNS = ("similar", "communities", "members", "chosen", "regions", "raions")  # what `group` may name
SIMILAR = ("published", "criteria", "")  # kinds of groups (dashboard/answers/peers.py) that the first of them names
MASCULINE = ("regions", "raions")
SMALL = 12  # in groups so small, and smaller, a share is told as "4 of 6"
NEAR = Fraction(5, 1000)  # a share so near to a fraction is named by it
NEARLY = Fraction(3, 100)  # and so near, "almost" or "more than" it
FRACTIONS = {
    "nine_tenths": Fraction(9, 10),
    "four_fifths": Fraction(4, 5),
    "three_quarters": Fraction(3, 4),
    "two_thirds": Fraction(2, 3),
    "half": Fraction(1, 2),
    "third": Fraction(1, 3),
    "quarter": Fraction(1, 4),
}
ONE_IN = {"fifth": Fraction(1, 5), "tenth": Fraction(1, 10)}
ALMOST_ALL = Fraction(95, 100)
LEAST = Fraction(1, 100)  # a smaller share is told by its numbers: "0 %" would say that there are none


def told(comparison: Comparison, values: Values, lang: str, group: str = "similar") -> str:
    """Everything: my value and position, the peers' share, the median, the group's size, day and denominator."""
    parts = [finding(comparison, values, lang, group)]
    if not comparison.withheld:
        parts += [basis(comparison, values, lang, group), preferable(values, lang)]
    return " ".join(part for part in parts if part)


def finding(comparison: Comparison, values: Values, lang: str, group: str = "similar") -> str:
    """One sentence: my value, where it stands, the share of peers below or above; or why nothing is compared."""
    heading = title(values, lang)
    if comparison.withheld:
        return _withheld(comparison, heading, lang, group)
    mine = figure_text.value_text(values.rows[values.mine], lang)
    if comparison.position == "unknown":
        mark = values.mark(values.mine) or figure_text.UNKNOWN_MARK
        return say("comparison.unknown", lang, title=heading, mark=f"{term('status', mark, lang)} [{mark}]")
    words = {"position": position(comparison, lang), "side": side(comparison, lang, group)}
    return say("comparison.told", lang, title=heading, mine=mine, **words)


def basis(comparison: Comparison, values: Values, lang: str, group: str = "similar") -> str:
    """What it rests on: the median of a group that is large enough, how many are known, the day, the denominator."""
    counts = {"known": number(comparison.known, lang), "all": number(comparison.peers, lang)}
    words = {"of": _noun(group, "of", lang), "when": values.when(lang)}
    median = say("comparison.median", lang, median=counted(values.as_written(comparison.median), values.unit, lang))
    text = sentence(say("comparison.basis", lang, **counts, **words))
    return " ".join(part for part in (median if comparison.large else "", text, values.told(lang)) if part)


def position(comparison: Comparison, lang: str) -> str:
    """`вище за середню половину групи`, `same as most`, of a small group `third highest of six`."""
    return order(comparison, lang) if comparison.position == "order" else say(f"position.{comparison.position}", lang)


def order(comparison: Comparison, lang: str) -> str:
    """The place of my value among all known, mine counted: `third highest of six`, and with how many it is shared."""
    if comparison.equal == comparison.known:
        return say("order.all_same", lang)
    among = say(f"order.of_{comparison.known + 1}", lang)
    end = "highest" if not comparison.higher else "lowest" if not comparison.lower else ""
    nth = "" if end else say(f"order.nth_{comparison.higher + 1}", lang)
    place = say(f"order.{end or 'nth'}", lang, nth=nth, of=among)
    return say("order.shared", lang, comparison.equal, place=place) if comparison.equal else place


def side(comparison: Comparison, lang: str, group: str = "similar") -> str:
    """`у двох третинах подібних громад (24 з 36) значення менше`: the side of the peers that is named."""
    counts = {"equal": comparison.equal, "lower": comparison.lower, "higher": comparison.higher}
    named = {1: "lower", -1: "higher"}.get(comparison.direction or 0) or max(counts, key=counts.__getitem__)
    partly = comparison.known < comparison.peers
    told = share(counts[named], comparison.known, lang, group, partly)
    return say(f"comparison.{named}", lang, counts[named], share=told)


def share(count: int, total: int, lang: str, group: str = "similar", partly: bool = False) -> str:
    """So many of a group, in words where a fraction is near: `в усіх 36 подібних громадах`, `almost half of …`.

    `partly`: the total is of those that have data, and it is said.
    """
    values = {"all": number(total, lang)}
    with_data = " " + say("comparison.with_data", lang) if partly else ""
    values |= {form: _noun(group, form, lang) + with_data for form in ("in", "of")}
    kind, name = share_kind(count, total)
    if kind == "percent":
        values["percent"] = percent(round(100 * Fraction(count, total)), lang)
    elif kind == "each":
        nth = say(f"nth.{name}_{'m' if group in MASCULINE else 'f'}", lang)
        values["each"] = _noun(group, "each", lang, nth=nth) + with_data
    elif name:
        values["part"] = say(f"part.{name}", lang)
    return say(f"share.{kind}", lang, count, **values)


def share_kind(count: int, total: int) -> tuple[str, str]:
    """How a share is told (a key of [share] in words.toml) and the fraction it names, '' for none.

    Worked out in whole numbers, so that a share which lies exactly on a border falls on the same side everywhere.
    """
    found = Fraction(count, total)
    if count == total:
        return "all", ""
    if total <= SMALL or found < LEAST:
        return "of_few", ""
    if found >= ALMOST_ALL:
        return "almost_all", ""
    for name, fraction in ONE_IN.items():
        if abs(found - fraction) <= NEAR:
            return "each", name
    name, fraction = min(FRACTIONS.items(), key=lambda pair: abs(found - pair[1]))
    if abs(found - fraction) > NEARLY:
        return "percent", ""
    return ("exact" if abs(found - fraction) <= NEAR else "under" if found < fraction else "over"), name


def title(values: Values, lang: str) -> str:
    """The indicator's title with the category."""
    name = data.registry()[values.indicator].title[lang]
    if not values.category:
        return name
    return say("comparison.titled", lang, title=name, category=term("category", values.category, lang))


def preferable(values: Values, lang: str) -> str:
    """Which way is better; '' for indicators that have no better or worse."""
    better = data.registry()[values.indicator].better
    return "" if better == "neither" else say(f"comparison.{better}", lang)


def flipping(comparisons: Mapping[str, Comparison], lang: str) -> str:
    """The notice that the conclusion depends on the denominator; '' where it does not. Keys: denominators."""
    if not rates.flips({per: one.direction for per, one in comparisons.items()}):
        return ""
    told = {per: one for per, one in comparisons.items() if one.direction is not None}
    cases = [
        say("denominator.case", lang, name=say(f"denominator.{per or 'none'}", lang), position=position(one, lang))
        for per, one in told.items()
    ]
    return say("denominator.flips", lang, cases="; ".join(cases))


def _withheld(comparison: Comparison, heading: str, lang: str, group: str) -> str:
    if not comparison.peers:
        return say("comparison.nobody", lang, title=heading)
    names = ("known", "hidden")
    counts = {name: number(getattr(comparison, name), lang) for name in names}
    counts |= {"all": number(comparison.peers, lang), "fewest": number(FEWEST, lang)}
    reason = comparison.position if comparison.known or comparison.hidden else "no_data"
    return say(f"comparison.{reason}", lang, title=heading, of=_noun(group, "of", lang), **counts)


def _noun(group: str, form: str, lang: str, **values: str) -> str:
    return say(f"group.{NOUNS[0] if group in SIMILAR else group}_{form}", lang, **values)
