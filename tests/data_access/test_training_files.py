"""The files of the training country: the same for a seed, likely, within the closed lists, about nobody."""

import hashlib
import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data_access import codes, indicators, vocabulary
from data_access.pipeline.building import SAMPLE_DATA
from data_access.pipeline.training import objects as making_objects
from data_access.pipeline.training.country import country
from data_access.pipeline.training.making import RECORDS, write_files

ROOT = Path(__file__).resolve().parents[2]
LAST_DAY = date(2026, 9, 30)
OBJECTS = 30_000
TEN_DIGITS = re.compile(r"(?<![\d.])\d{10}(?!\d)")


def written(folder: Path, **changed) -> Path:
    folder.mkdir(exist_ok=True)
    write_files(folder, **({"objects": OBJECTS, "seed": 7, "last_day": LAST_DAY} | changed))
    return folder


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> Path:
    return written(tmp_path_factory.mktemp("training"))


@pytest.fixture(scope="module")
def objects(files) -> pd.DataFrame:
    frame = pd.read_parquet(files / "objects.parquet")
    return frame.assign(**{name: pd.to_datetime(frame[name]) for name in ("damaged_on", "reported_on")})


@pytest.fixture(scope="module")
def projects(files) -> list[dict]:
    return json.loads((files / "projects.json").read_text("utf-8"))["projects"]


def table(files: Path, kind: str) -> pd.DataFrame:
    return pd.read_csv(files / RECORDS[kind][0])


def fingerprints(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_the_same_seed_makes_the_same_files_and_another_makes_others(files, tmp_path):
    first = fingerprints(files)
    assert fingerprints(written(tmp_path / "again")) == first
    other = fingerprints(written(tmp_path / "other", seed=8))
    assert {name for name in first if other[name] == first[name]} == {"sources.csv", "producers.csv"}


def test_there_are_as_many_objects_as_were_asked_for(objects):
    assert len(objects) == OBJECTS
    assert objects["object_id"].is_unique


def test_every_code_of_an_object_stands_in_its_closed_list(objects):
    assert set(objects["object_type"]) == {*codes.OBJECT_TYPES, *codes.RESTRICTED_TYPES}
    assert set(objects["severity"]) == set(codes.SEVERITIES)
    assert set(objects["evidence"]) == set(codes.EVIDENCE)
    assert set(objects["owner_kind"]) == set(codes.OWNER_KINDS)
    assert set(objects["sector"]) <= set(vocabulary()["category"])
    assert set(objects["rd4u_category"]) - {""} <= set(indicators()["claim_objects_eligible"].breakdowns["rd4u"])
    assert set(objects["currency"]) == {"", *codes.CURRENCIES}
    assert (objects["cost"].isna() == (objects["currency"] == "")).all()


def test_every_community_is_a_hromada_or_one_of_the_two_cities(files, objects, projects):
    units = pd.read_csv(SAMPLE_DATA / "territories.csv", keep_default_na=False)
    known = set(units.loc[(units["level"] == "hromada") | units["code"].isin(["UA80", "UA85"]), "katottg"])
    movements = table(files, "movements")
    named = {*objects["community"], *table(files, "aid")["community"], *table(files, "claims")["community"]}
    named |= {*movements["origin"], *movements["destination"]}
    named |= {project["locations"][0]["gazetteer"]["identifiers"][0] for project in projects}
    assert named <= known


def test_nothing_happens_before_the_invasion_or_after_the_last_day(objects, projects):
    assert objects["damaged_on"].min() >= pd.Timestamp("2022-02-24")
    assert (objects["reported_on"] >= objects["damaged_on"]).all()
    assert objects["reported_on"].max() <= pd.Timestamp(LAST_DAY)
    happened = [p["updated"] for p in projects] + [
        m["dateMet"] for p in projects for m in p["milestones"] if "dateMet" in m
    ]
    paid = (c["summary"]["transactions"] for p in projects for c in p.get("contractingProcesses", ()))
    happened += [transaction["date"] for some in paid for transaction in some]
    assert max(happened)[:10] <= str(LAST_DAY)


def test_no_file_holds_what_could_be_a_persons_number_or_a_coordinate(files, objects):
    for path in files.iterdir():
        if path.suffix != ".parquet" and path.name != "values.csv":
            assert TEN_DIGITS.findall(path.read_text("utf-8")) == [], path.name
    assert not objects.drop(columns=["damaged_on", "reported_on"]).astype(str).stack().str.contains(TEN_DIGITS).any()
    assert not {"lat", "lon"} & set(objects.columns)
    assert objects["cost"].max() < 1e9


def test_entities_only_have_an_invented_edrpou(objects):
    named = objects[objects["owner_edrpou"] != ""]
    assert named["owner_edrpou"].str.fullmatch(r"99\d{6}").all()
    assert not set(named["owner_kind"]) & {"individual", "unknown"}


def test_every_organisation_is_evidently_invented(files, projects):
    names = [party["name"] for project in projects for party in project["parties"]]
    names += list(table(files, "aid")["organisation"])
    assert all(re.fullmatch(r"Навчальна організація \d+", name) for name in names)


def test_damage_lies_where_the_war_is(objects):
    place = country(SAMPLE_DATA, 7, LAST_DAY)
    hazard = pd.Series(place.hazard.mean(axis=1), index=place.katottg)
    found = objects["community"].value_counts().reindex(place.katottg, fill_value=0)
    quiet = hazard.sort_values().index[: len(hazard) // 2]
    assert found[quiet].sum() < 0.02 * OBJECTS
    assert (found == 0).mean() > 0.4, "many communities have none"
    assert found.nlargest(20).sum() > 0.3 * OBJECTS
    assert found[place.katottg[np.char.startswith(place.codes, "UA01")]].sum() < 0.01 * OBJECTS
    rows = pd.Series(place.hazard[np.searchsorted(place.codes, "UA6304005")], index=place.months)
    assert rows["2022-06-01"] < rows["2022-04-01":"2026-01-01"].max()


def test_recent_months_are_incomplete(objects, monkeypatch):
    """Of the last month's objects fewer have been reported than a year later would be."""
    early = country(SAMPLE_DATA, 7, date(2025, 9, 30))
    month = early.months[-1]
    delays = np.sort(
        early.chance("delays").lognormal(np.log(making_objects.DELAY_MEDIAN_DAYS), making_objects.DELAY_SPREAD, 20_000)
    )
    at_once = making_objects._expected(early, np.zeros_like(delays)).reshape(early.hazard.shape)[:, -1].sum()
    with_delay = making_objects._expected(early, delays.astype(int)).reshape(early.hazard.shape)[:, -1].sum()
    assert with_delay < 0.7 * at_once, month
    waits = (objects["reported_on"] - objects["damaged_on"]).dt.days
    assert waits.median() < 40 < 150 < waits.quantile(0.98)


def test_worse_damage_costs_more(objects):
    homes = objects[(objects["object_type"] == "residential") & (objects["currency"] == "uah")]
    by_severity = homes.groupby("severity")["cost"].median()
    assert list(by_severity[list(codes.SEVERITIES)]) == sorted(by_severity, reverse=True)
    assert 0.4 < objects["cost"].notna().mean() < 0.7


def test_claims_are_what_the_objects_say(files, objects):
    claims = table(files, "claims")
    steps = ["eligible", "documented", "valued", "submitted", "recorded"]
    assert (claims[steps].diff(axis=1).iloc[:, 1:] <= 0).all(axis=None)
    newest = claims[claims["as_of"] == str(LAST_DAY)].set_index(["community", "category"])[steps]
    decided = objects[objects["rd4u_category"] != ""].rename(columns={"rd4u_category": "category"})
    rank = decided["evidence"].map(list(codes.EVIDENCE).index)
    for number, step in enumerate(steps):
        counted = decided[rank >= number].groupby(["community", "category"]).size()
        assert newest[step].eq(counted.reindex(newest.index, fill_value=0)).all(), step
    earlier = claims[claims["as_of"] < str(LAST_DAY)].set_index(["community", "category"])[steps]
    assert (earlier <= newest.reindex(earlier.index)).all(axis=None)


def test_movements_are_of_the_last_eighteen_months_and_say_who_is_counted(files):
    movements = table(files, "movements")
    assert sorted(movements["period"].unique()) == [str(m) for m in pd.period_range("2025-04", "2026-09", freq="M")]
    assert set(movements["kind"]) == set(codes.MOVEMENT_KINDS)
    assert not movements.duplicated(["origin", "destination", "period", "kind"]).any()
    assert (movements["origin"] != movements["destination"]).all()
    assert (movements["subscribers"] > 0).all()
    assert (movements["persons"] >= movements["subscribers"]).all()
    assert movements["cohort_uk"].str.contains("вигадано").all()
    assert movements["cohort_en"].str.contains("invented").all()


def test_commuters_go_a_shorter_way_than_those_who_leave(files):
    place, movements = country(SAMPLE_DATA, 7, LAST_DAY), table(files, "movements")
    number = {code: at for at, code in enumerate(place.katottg)}
    away = place.distances()[movements["origin"].map(number), movements["destination"].map(number)]
    by_kind = pd.Series(away).groupby(movements["kind"]).median()
    assert by_kind["commuting"] < 50 < by_kind["migration"]


def test_aid_is_spent_within_what_was_pledged(files):
    aid = table(files, "aid")
    assert set(aid["sector"]) == set(indicators()["aid_activities"].breakdowns["aid"])
    assert (aid["requested"] >= aid["pledged"]).all()
    assert (aid["pledged"] >= aid["delivered"].fillna(0)).all()
    assert set(aid["status"]) == {"planned", "ongoing", "completed"}
    assert (aid["delivered_on"].isna() == aid["delivered"].isna()).all()
    assert aid["delivered"].min() > 0, "what has not been delivered is unknown, not zero"
    assert (aid.groupby("organisation")["organisation_kind"].nunique() == 1).all()


def test_projects_are_as_far_along_as_their_money(projects):
    statuses = {project["status"] for project in projects}
    assert statuses == {"identification", "preparation", "implementation", "completed"}
    for project in projects:
        budget = project["budget"]["amount"]["amount"]
        funded = sum(part["value"]["amount"] for part in project["budget"].get("finance", ()))
        contracts = [one["summary"] for one in project.get("contractingProcesses", ())]
        contracted = sum(one["contractValue"]["amount"] for one in contracts)
        paid = sum(payment["value"]["amount"] for one in contracts for payment in one["transactions"])
        assert budget >= funded >= contracted >= paid
        assert bool(funded) == (project["status"] != "identification")
        assert bool(contracts) == (project["status"] in ("implementation", "completed"))
        assert (project["status"] == "completed") == (paid == contracted > 0)


def test_published_values_are_the_population_as_it_was_and_figures_that_say_they_are_invented(files):
    values = pd.read_csv(files / "values.csv", keep_default_na=False)
    real = pd.read_csv(SAMPLE_DATA / "values.csv", keep_default_na=False)
    topics = {name: record.topic for name, record in indicators().items()}
    kept = values[~values["source_id"].str.startswith("training")]
    assert set(kept["indicator"].map(topics)) == {"context"}
    assert kept["figure_id"].tolist() == real[real["indicator"].map(topics) == "context"]["figure_id"].tolist()
    invented = values[values["source_id"].str.startswith("training")]
    assert invented["producer"].str.startswith("training").all()
    assert invented["note_uk"].str.contains("вигадано").all()
    assert invented["note_en"].str.contains("invented").all()
    assert not set(invented["indicator"].map(topics)) & {"context"}
    newest = invented[(invented["indicator"] == "idps_registered") & (invented["period_end"] == str(LAST_DAY))]
    assert len(newest) == 26, "25 regions and the country: nothing of Crimea and Sevastopol"
    by_code = pd.to_numeric(newest.set_index("territory_code")["value"])
    assert by_code["UA"] == by_code.drop("UA").sum()


@pytest.mark.slow
def test_a_million_objects_are_made_a_chunk_at_a_time(tmp_path):
    program = f"""
import resource, sys; from datetime import date; from pathlib import Path
from data_access.pipeline.building import SAMPLE_DATA
from data_access.pipeline.training.country import country
from data_access.pipeline.training.objects import write_objects
place = country(SAMPLE_DATA, 7, date(2026, 9, 30))
write_objects(place, 1, Path(r"{tmp_path}/o")); before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
write_objects(place, 1_000_000, Path(r"{tmp_path}/o"))
print(before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    before, after = (int(kilobytes) for kilobytes in ran.stdout.split())
    assert after - before < 400_000, "kB; all million rows at once would take more"
