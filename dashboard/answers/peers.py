"""Who a unit is compared with, and the sentence that says so."""

from dataclasses import dataclass
from functools import partial

import data_access
from dashboard import data
from dashboard.language.words import listed, number, percent, say, sentence, term
from dashboard.view import Notice, View, answer_of_view

MEMBERS, CHOSEN, ALL = "members", "chosen", "all"  # `peers=` in the address, beside '' (published) and criteria
NEAR = "_near"


@dataclass(frozen=True)
class Group:
    """The units compared with.

    `kind`: published, criteria, members, chosen, regions, raions, or '' for the country. `codes`: P-codes, sorted,
    never the unit itself. `kept`: the criteria they share. `left_out`: those given up so that the group was large
    enough. `narrower`: how many would have shared one criterion more.
    """

    kind: str
    codes: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    narrower: int = 0


@answer_of_view(2000, "area", "chosen", "peers")
def group_of(view: View) -> Group:
    """The group that the view's address asks for; wrong parts of it count for nothing (`notices` names them)."""
    area, level = view.area, data.territory(view.area)["level"]
    if level == "country":
        return Group("")
    if view.chosen or view.peers == CHOSEN:
        return Group("chosen", tuple(sorted(code for code in view.chosen if _comparable(code, area))))
    if level == "region":
        return Group("regions", tuple(sorted(code for code in data.oblasts() if code != area)))
    if level == "raion":
        return Group("raions", _raions(area))
    return _communities(area, view.peers, data.peer_profiles(release=view.release))


def notices(view: View) -> list[Notice]:
    """What the address asked for in vain: a wrong group, or territories of another kind."""
    found: list[Notice] = []
    if view.peers and view.peers not in (MEMBERS, CHOSEN, ALL) and criteria_of(view.peers) is None:
        found.append(("peers.wrong", {"value": view.peers[:40]}))
    if wrong := [code for code in view.chosen if code != view.area and not _comparable(code, view.area)]:
        names = listed([data.territory_name(code, view.lang) for code in wrong], view.lang)
        found.append(("peers.other_level", {"names": names}))
    return found


def criteria_of(peers: str) -> tuple[str, ...] | None:
    """The criteria that `peers=` names, in their usual order; None where it names none."""
    if peers == ALL:
        return ()
    asked = peers.split(".")
    known = all(one in data_access.CRITERIA for one in asked)
    return tuple(one for one in data_access.CRITERIA if one in asked) if known else None


@answer_of_view(2000, "area")
def known_criteria(view: View) -> tuple[str, ...]:
    """The criteria that are known of the view's community."""
    own = _profile(data.peer_profiles(release=view.release), view.area)
    return tuple(name for name in data_access.CRITERIA if own.get(_column(name)))


@answer_of_view(2000, "area")
def has_members(view: View) -> bool:
    """Whether the release knows members of the Association other than the view's community."""
    return bool(_members(data.peer_profiles(release=view.release), view.area))


def explained(group: Group, view: View) -> str:
    """The group in a sentence: who and how many they are, what they share."""
    words = partial(say, lang=view.lang, count=len(group.codes))
    if not group.kind:
        return say("peers.country", view.lang)
    if group.kind == "chosen":
        names = [data.territory_name(code, view.lang) for code in group.codes]
        return say("peers.chosen" if names else "peers.chosen_none", view.lang, names=listed(names, view.lang))
    if group.kind == "raions":
        near = all(code.startswith(view.area[:4]) for code in group.codes)
        return words("peers.raions" if near else "peers.raions_all")
    if group.kind not in ("published", "criteria"):
        return words(f"peers.{group.kind}")
    if not group.kept:
        return words("peers.everybody")
    shared = listed([_shared(one, view) for one in group.kept], view.lang)
    return words("peers.alike", shared=shared)


def widened(group: Group, view: View) -> str:
    """What was left out of the comparison and why; '' where nothing was."""
    if group.kind != "published":
        return ""
    told = []
    names = [say(f"peers.name_{one}", view.lang) for one in group.left_out]
    names += [say(f"peers.exact_{one.removesuffix(NEAR)}", view.lang) for one in group.kept if one.endswith(NEAR)]
    if names:
        key = "peers.left_out" if group.narrower else "peers.left_out_none"
        told.append(say(key, view.lang, count=group.narrower, names=listed(names, view.lang)))
    if unknown := [one for one in data_access.CRITERIA if one not in known_criteria(view)]:
        names = [say(f"peers.name_{one}", view.lang) for one in unknown]
        told.append(say("peers.not_known", view.lang, names=listed(names, view.lang)))
    return " ".join(told)


def formed(view: View) -> list[tuple[tuple[str, ...], int, str]]:
    """How the release's groups were formed: the criteria kept, of how many communities, their groups' sizes."""
    profiles = data.peer_profiles(release=view.release).groupby("kept")["peers"].agg(["size", "min", "max"])
    rows = sorted(profiles.reset_index().to_dict("records"), key=lambda row: -row["size"])
    return [(tuple(row["kept"].split()), row["size"], f"{row['min']}–{row['max']}") for row in rows]


def criteria_named(kept: tuple[str, ...], lang: str) -> str:
    """`Territorial status, population and kind of community`."""
    names = [say(f"compare.by_{one.removesuffix(NEAR)}", lang).lower() for one in kept]
    names = [
        say("peers.near", lang, name=name) if one.endswith(NEAR) else name
        for one, name in zip(kept, names, strict=True)
    ]
    return sentence(listed(names, lang)) or say("peers.no_criteria", lang)


def _communities(area: str, peers: str, profiles) -> Group:
    if peers == MEMBERS:
        return Group("members", _members(profiles, area))
    criteria = criteria_of(peers) if peers else None
    if criteria is not None:
        kept = tuple(one for one in criteria if _profile(profiles, area).get(_column(one)))
        return Group("criteria", data_access.peers_of(profiles, area, kept), kept)
    return _published(area, profiles)


def _published(area: str, profiles) -> Group:
    own = _profile(profiles, area)
    kept = tuple(own.get("kept", "").split())
    known = [name for name in data_access.CRITERIA if own.get(_column(name))]
    left_out = tuple(name for name in known if name not in [one.removesuffix(NEAR) for one in kept])
    steps = [tuple(one for one in step if one.removesuffix(NEAR) in known) for step in data_access.STEPS]
    before = [step for step in steps[: steps.index(kept)] if step != kept] if kept in steps else []
    narrower = len(data_access.peers_of(profiles, area, before[-1])) if before else 0
    return Group("published", data_access.peers_of(profiles, area), kept, left_out, narrower)


def _profile(profiles, area: str) -> dict:
    rows = profiles[profiles["code"] == area]
    return {} if rows.empty else rows.iloc[0].to_dict()


def _column(criterion: str) -> str:
    return f"{criterion}_band" if criterion in ("population", "displaced") else criterion


def _members(profiles, area: str) -> tuple[str, ...]:
    return tuple(sorted(code for code in profiles.loc[profiles["member"], "code"] if code != area))


def _raions(area: str) -> tuple[str, ...]:
    """The raions of the same oblast, all of them where those are too few."""
    rows = data.territories()
    others = rows.loc[(rows["level"] == "raion") & (rows["code"] != area), "code"]
    near = [code for code in others if code[:4] == area[:4]]
    return tuple(sorted(near if len(near) >= data_access.FEWEST_PEERS else others))


def _comparable(code: str, area: str) -> bool:
    return code != area and data.territory(code)["level"] == data.territory(area)["level"]


def _shared(criterion: str, view: View) -> str:
    """`status “possible hostilities”`, `population from 10,000 to 20,000`."""
    base = criterion.removesuffix(NEAR)
    value = _profile(data.peer_profiles(release=view.release), view.area)[_column(base)]
    if base in ("status", "kind"):
        word = term("category", value, view.lang) if base == "status" else say(f"peers.kind_{value}", view.lang)
        return say(f"peers.same_{criterion}", view.lang, value=word)
    bounds = data_access.POPULATION_BOUNDS if base == "population" else data_access.DISPLACED_BOUNDS
    write = number if base == "population" else percent
    return say(
        f"peers.same_{base}", view.lang, value=_range(int(value[1:]), bounds, criterion != base, write, view.lang)
    )


def _range(band: int, bounds: tuple[int, ...], near: bool, write, lang: str) -> str:
    """The band, with its neighbours where `near`, in words."""
    limits = (None, *bounds, None)
    low, high = limits[max(0, band - near)], limits[min(len(bounds), band + near) + 1]
    values = {name: write(value, lang) for name, value in (("low", low), ("high", high)) if value is not None}
    return say("peers." + ("under" if low is None else "over" if high is None else "between"), lang, **values)
