"""Which projects are shown per oblast only: by their codes and titles, and in doubt."""

import pytest

from data_access.pipeline.projects.restricted import is_restricted


@pytest.mark.parametrize(
    ("sectors", "wb_codes", "title"),
    [
        (["energy.solar"], [], "Школа"),
        (["waterAndWaste"], [], "Школа"),
        (["health"], [], "Амбулаторія"),
        (["transport.rail"], [], "Дорога"),
        (["education"], ["LT"], "Школа"),
        (["education"], [], "Будівництво укриття в ліцеї"),
        (["education"], [], "Захисна споруда школи № 3"),
        (["transport.road"], [], "Капітальний ремонт мосту на дорозі Т-21"),
        (["transport.road"], [], "Мости області"),
        ([], [], "Repair of the Kharkiv railway station"),
        ([], [], "Реконструкція водогону"),
        (["economy"], [], "Будівництво підстанції 110 кВ"),
        (["socialHousing"], [], "Котельня житлового кварталу"),
        ([], [], "Обласна клінічна лікарня"),
        ([], [], "Об’єкт № 17"),  # in doubt
        (["communications"], [], "Вежа"),
    ],
)
def test_energy_water_hospitals_shelters_bridges_and_rail_are_restricted(sectors, wb_codes, title):
    assert is_restricted(sectors, wb_codes, [title])


@pytest.mark.parametrize(
    ("sectors", "wb_codes", "title"),
    [
        (["education"], [], "Капітальний ремонт ліцею № 2 у місті Дергачі"),
        ([], [], "Термомодернізація та енергоефективність дитячого садка"),
        ([], ["ES"], "Navchalnyi korpus"),
        (["transport.road"], [], "Капітальний ремонт вулиці Сумської"),
        (["socialHousing"], [], "Відбудова житлового будинку"),
        ([], [], "Energy efficiency of a kindergarten"),
        (["governance"], [], "Електронні послуги ЦНАП"),
    ],
)
def test_open_sectors_stay_open(sectors, wb_codes, title):
    assert not is_restricted(sectors, wb_codes, [title])
