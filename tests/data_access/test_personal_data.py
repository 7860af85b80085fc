"""No file of any kind brings personal data: every suspicious column is refused, and no value is repeated."""

import pytest
from openpyxl import load_workbook

from data_access.pipeline.intake.load import load
from data_access.pipeline.kinds import KINDS
from data_access.pipeline.projects.reader import LEFT_BEHIND
from data_access.pipeline.sheet.faults import RejectedFile
from data_access.pipeline.sheet.personal_data import DELETE_COLUMN, is_personal_column, without_contacts
from tests.support import examples_lists, examples_objects, examples_records, examples_returns, small
from tests.support.examples_projects import BRIDGE, SCHOOL, write_package
from tests.support.iom_files import HEADER, OBLASTS, small_workbook
from tests.support.iom_files import TAGS as IOM_TAGS
from tests.support.loading import contents

pytestmark = pytest.mark.first_case_on_postgresql


def listed(names: str) -> list[str]:
    return [name for line in names.strip().splitlines() for name in line.split("|")]


CANARY, TAX_NUMBER = "Canary Value", "3012345678"
ENGLISH = listed("""
owner_name|person_id|Surname|address|E-mail|phone|passport no|photo_url|date of birth|first_name|last name|full_name
patronymic|street|house_no|telephone|mobile|contact|tax_id|tax code|personal_code|individual|gender|picture|image|email
postal code|zip_code|latitude|longitude|lng|coordinates|geom|gps|wkt|location|TIN|INN|tax|tel|person|fullname
""")
UKRAINIAN = listed("""
ПІБ|прізвище|ім'я|ім’я|імʼя|імена|по батькові|особа|громадянин|власник|телефон|пошта|контакт|паспорт|дата народження
фото|РНОКПП|ІПН|податковий номер|Адреса|вулиця|номер будинку|індекс|Координати|широта|довгота|П.І.Б. власника
""")
RUSSIAN = listed("""
ФИО|Фамилия|имя|отчество|владелец|почта|дата рождения|личный номер|лицо|адрес|улица|индекс|долгота|ИНН|Ф. И. О.
""")
TRANSLITERATED = listed("""
rnokpp|ipn|pib|fio|prizvyshche|telefon|pasport|foto|familiya|otchestvo|adresa|koordynaty|vulytsia|ulitsa
""")
DISGUISED = listed("""
homeAddress|contact.person|x|Y|Х|У|ФІО|pHoNe|ph\u00f3ne|pass\u00adport|aдрeсa|pаssport|ТАХ|ПIБ|e_mail|П_І_Б|Ｓurname|firstName|Ім`я
""")
TAGGED = listed("""
#contact|#contact+name|#contact +phone|#beneficiary+name+full|#person+phone|#geo+lat|#geo+lon|#loc+address|#org+contact
#affected+name|#respondee+email|#org+address|#Beneficiary+Name|#loc+coord|#adm4+street|#population+passport
""")
SUSPICIOUS = [*dict.fromkeys((*ENGLISH, *UKRAINIAN, *RUSSIAN, *TRANSLITERATED, *DISGUISED, *TAGGED))]
LAWFUL = listed("""
unit_name_uk|publisher_en|organisation|organisation_kind|persons|people|persons_per_subscriber|owner_kind
owner_edrpou|Country Name|Oblast name|Donor name|Estimated individuals|Кількість осіб|Назва
Кількість пошкоджених будинків|Allocation
Needs addressed|families|Громада|Спосіб надання|Публічні послуги|Innovation|oblastName|Coordination
#org+name|#adm1+name|#adm3 +name|#activity+name|#affected+f|#reached|#reached+ind|#indicator+name|#sector+name
#item+name|#loc+name|#country+name|#meta+round|#beneficiary+type|#inneed+children+m|#geo+code|#org+acronym|#date+reported|#value+usd
""")


def with_columns(rows: list[dict], names: list[str]) -> list[dict]:
    return [row | dict.fromkeys(names, CANARY) for row in rows]


def of_table(kind: str):
    return lambda path, names: small.write(path, kind, with_columns(small.ROWS[kind], names))


def of_rows(rows: list[dict]):
    return lambda path, names: examples_lists.write_table(path, with_columns(rows, names))


def parquet(path, names):
    return examples_objects.write_parquet(path, with_columns(examples_objects.PLAIN, names))


def geojson(path, names):
    first, *others = examples_lists.FEATURES
    own = first["properties"] | dict.fromkeys(names, CANARY)
    return examples_lists.write_features(path, [first | {"properties": own}, *others])


def package(path, names):
    return write_package(path, SCHOOL | {"own": [{"extension": dict.fromkeys(names, CANARY)}]}, BRIDGE)


def workbook(kind: str, row: int = 1, sheet: int = 0):
    """Further columns in the first row of a sheet, or in its row of tags."""

    def write(path, names):
        book = load_workbook(small_workbook(path, kind))
        for place, name in enumerate(names, 20):
            book.worksheets[sheet].cell(row, place).value = name
            book.worksheets[sheet].cell(row + 2, place).value = CANARY
        book.save(path)
        return path

    return write


def form(path, names):
    def change(sheet, rows, book):
        headers = [number for key, number in rows.items() if key and key.startswith("head:")]
        for place, name in enumerate(names):  # 50 beside each table of the form
            sheet.cell(headers[place // 50], 8 + place % 50).value = name

    return examples_returns.filled(path, change=change)


PERIODS = [examples_lists.listed(period) for period in small.PERIODS]
TAG_ROW, *TAGGED_ROWS = examples_records.tagged(examples_records.AID)
WRITERS = {  # a kind of file, with what tells two of its forms apart: how to write one with more columns
    **{(kind, ""): of_table(kind) for kind in small.ROWS},
    ("territory-status", "as it circulates"): of_rows(PERIODS),
    ("members", ""): of_rows(examples_lists.MEMBERS),
    ("names", ""): of_rows(examples_lists.NAMES),
    ("register-categories", ""): of_rows(examples_lists.REGISTER),
    ("association-facts", ""): of_rows(examples_lists.FACTS),
    ("boundaries", ""): geojson,
    ("damaged-objects", ""): of_rows(examples_objects.PLAIN),
    ("damaged-objects", "Parquet"): parquet,
    ("projects", ""): package,
    ("movements", ""): of_rows(examples_records.MOVEMENTS),
    ("aid", ""): of_rows(examples_records.AID),
    ("aid", "tagged"): lambda path, names: examples_lists.write_table(
        path, [TAG_ROW | dict.fromkeys(names, ""), *with_columns(TAGGED_ROWS, names)]
    ),
    ("aid", "by tags"): lambda path, names: examples_lists.write_table(
        path, [TAG_ROW | {f"c{n}": tag for n, tag in enumerate(names)}, *TAGGED_ROWS]
    ),
    ("claims", ""): of_rows(examples_records.CLAIMS),
    ("iom-idps", ""): workbook("iom-idps"),
    ("iom-idps", "by tags"): workbook("iom-idps", row=2),
    ("iom-idps", "sheet of shares"): workbook("iom-idps", sheet=1),
    ("iom-returnees", ""): workbook("iom-returnees"),
    ("community-return", ""): form,
}
SUFFIXES = {"iom-idps": "xlsx", "iom-returnees": "xlsx", "community-return": "xlsx", "projects": "json"}


def refused(engine, kind: str, path) -> RejectedFile:
    before = contents(engine)
    with pytest.raises(RejectedFile) as caught:
        load(engine, [(kind, path)], source="s1" if KINDS[kind].needs_source else "")
    assert contents(engine) == before
    assert CANARY not in f"{caught.value} {[str(fault) for fault in caught.value.faults]}"
    return caught.value


def test_every_kind_of_file_is_walked():
    assert {kind for kind, _ in WRITERS} == {*KINDS}


@pytest.mark.parametrize(("kind", "shape"), WRITERS, ids=[" ".join(case).strip() for case in WRITERS])
def test_every_suspicious_column_of_every_kind_is_refused_by_its_name(engine, tmp_path, kind, shape):
    names = TAGGED if shape == "by tags" else SUSPICIOUS
    path = WRITERS[kind, shape](tmp_path / f"f.{SUFFIXES.get(kind, 'csv')}", names)
    refusal = refused(engine, kind, path)
    said = [fault for fault in refusal.faults if DELETE_COLUMN in fault.what or "назва колонки говорить" in fault.what]
    assert said == refusal.faults and str(refusal).startswith(path.name)
    if kind == "community-return":
        assert len({fault.what.partition(":")[0] for fault in said}) == len(names)  # each its own cell
    elif kind in ("projects", "boundaries"):
        names = [name for name in names if kind == "boundaries" or name not in LEFT_BEHIND]
        assert {fault.at.rpartition(", ")[2].removeprefix("own/0/extension/") for fault in said} == {*names}
    else:
        named = {f"c{n}" for n in range(len(names))} if (kind, shape) == ("aid", "by tags") else {*names}
        assert {fault.column for fault in said} == named
        assert {fault.row for fault in said} == {2 if shape == "by tags" else 1}


@pytest.mark.parametrize("kind", [kind for kind, shape in WRITERS if not shape and kind in small.ROWS])
def test_a_row_of_tags_is_read_in_a_closed_kind_too(engine, tmp_path, kind):
    column = KINDS[kind].columns[-1].name if kind != "territories" else "code"
    tags = {column.name: "#meta" for column in KINDS[kind].columns if not column.optional_column}
    path = small.write(tmp_path / "t.csv", kind, [tags | {column: "#contact+name"}, *small.ROWS[kind]])
    assert str(refused(engine, kind, path)) == f't.csv, row 2, column "{column}": {DELETE_COLUMN}.'


def test_no_lawful_column_is_refused():
    for table in (table for kind in KINDS.values() for table in (*kind.parts, kind)):
        known = [column.name for column in table.columns]
        assert not [name for name in known if is_personal_column(name, known)]
        assert not [name for name in known if is_personal_column(name.upper(), known)]  # misspelt, not personal
    free = [*LAWFUL, *HEADER, *IOM_TAGS, *PERIODS[0], *examples_records.TAGS.values(), *OBLASTS]
    known = ("name_uk", "unit_name_uk", "name_in_list_uk")
    assert not [name for name in free if is_personal_column(name, known)]


def test_a_lawful_column_of_the_free_kinds_is_left_out(engine, tmp_path):
    for shape in ("tagged", "by tags"):
        tags = [name for name in LAWFUL if name.startswith("#geo" if shape == "by tags" else ("#", "Д", "E", "К"))]
        path = WRITERS["aid", shape](tmp_path / "a.csv", tags)
        assert load(engine, [("aid", path)], source="s1", only_check=True)[0].own.added == 2
    names = [name for name in LAWFUL if not name.startswith(("Oblast", "#"))]
    for kind in ("iom-idps", "iom-returnees"):
        path = workbook(kind)(tmp_path / f"{kind}.xlsx", names)
        assert KINDS[kind].read(KINDS[kind], path)[-1][1].rows


TABLES = small.ROWS | {"aid": examples_records.AID, "claims": examples_records.CLAIMS}
TABLES |= {"movements": examples_records.MOVEMENTS, "register-categories": examples_lists.REGISTER}
TABLES |= {"association-facts": examples_lists.FACTS}
TABLES |= {"members": [row | {"code": row["katottg"]} for row in examples_lists.MEMBERS]}


@pytest.mark.parametrize("kind", TABLES)
def test_a_number_of_ten_digits_is_refused_in_every_cell_of_words_and_not_repeated(engine, tmp_path, kind):
    rows, table = TABLES[kind], KINDS[kind]
    plain = [{name: text for name, text in row.items() if name != "katottg" or kind == "territories"} for row in rows]
    for column in table.columns:
        if column.form in ("text", "code") and (column.name in plain[0] or kind in small.ROWS):
            for given in (TAX_NUMBER, f"'{TAX_NUMBER}"):
                changed = [row | {column.name: given} for row in plain]
                path = tmp_path / "n.csv"
                small.write(path, kind, changed) if kind in small.ROWS else examples_lists.write_table(path, changed)
                said = str(refused(engine, kind, path))
                assert f'column "{column.name}": ' in said and "a number of ten digits" in said, column.name
                assert TAX_NUMBER not in said


def test_a_header_that_is_rather_a_value_is_not_repeated(engine, tmp_path):
    path = tmp_path / "h.csv"
    for header in (f"{TAX_NUMBER},{TAX_NUMBER}", f"{TAX_NUMBER},a@example.org", "Phone 0671234567,code"):
        path.write_text(f"{header}\n1,2\n")
        said = str(refused(engine, "published-values", path))
        assert TAX_NUMBER not in said and "@" not in said and "0671234567" not in said


def test_a_number_in_a_workbook_and_in_a_return_is_not_repeated(engine, tmp_path):
    for place in ("A4", "E4", "F4", "G4"):
        book = load_workbook(small_workbook(tmp_path / "i.xlsx", "iom-idps"))
        book.worksheets[0][place].value = TAX_NUMBER
        book.save(tmp_path / "i.xlsx")
        said = str(refused(engine, "iom-idps", tmp_path / "i.xlsx"))
        assert "row 4" in said and TAX_NUMBER not in said
    for key in ("name_uk", "katottg", "month", "hosted"):
        path = examples_returns.filled(
            tmp_path / "r.xlsx", change=lambda sheet, rows, _, key=key: put(sheet, rows[key], TAX_NUMBER)
        )
        assert TAX_NUMBER not in str(refused(engine, "community-return", path))


def put(sheet, row: int, value: str) -> None:
    sheet.cell(row, 4).value = value


def test_texts_lose_contacts_and_numbers_but_no_links_or_amounts():
    said = "Договір з Т. (РНОКПП 3012345678), +38 (067) 123-45-67, t@example.org"
    assert without_contacts(said) == "Договір з Т. (РНОКПП …), …, …"
    for kept in ("https://x.org/3012345678", "UA63120270000028556", "6310136300:03:011:0001", "12 500 000,50 грн"):
        assert without_contacts(kept) == kept


def test_members_of_a_package_that_only_organisations_fill_are_lawful(engine, tmp_path):
    path = write_package(tmp_path / "p.json", SCHOOL, BRIDGE)
    assert "contactPoint" in path.read_text("utf-8")
    assert load(engine, [("projects", path)], source="s1", only_check=True)[0].own.added == 2
