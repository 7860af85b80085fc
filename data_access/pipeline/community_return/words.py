"""The words of the form of a community's return and of its refusals, in both languages."""

from __future__ import annotations

from data_access.indicators import Text
from data_access.pipeline.sheet.personal_data import DELETE_COLUMN

TITLE = Text("Місячний звіт громади", "Monthly return of the community")
HEAD = {
    "about": Text(
        "Заповнюйте лише жовті клітинки: цілі числа без формул. 0 — справжній нуль; порожня клітинка — немає даних.",
        "Fill in the yellow cells only: whole numbers, no formulas. 0 is a true zero; an empty cell means no data.",
    ),
    "katottg": Text("Код громади за КАТОТТГ", "KATOTTG code of the community"),
    "name_uk": Text("Назва українською", "Name in Ukrainian"),
    "name_en": Text("Назва англійською", "Name in English"),
    "month": Text("Звітний місяць (рік-місяць)", "Month reported (year-month)"),
    "filled_on": Text("Дата заповнення (дд.мм.рррр)", "Day of filling in (dd.mm.yyyy)"),
}
MARK_HEADER = Text("Чому порожньо: x чи z", "Why empty: x or z")
NUMBER_HINT = Text("Ціле число від 0, без формул.", "A whole number from 0, no formula.")
MONTH_HINT = Text("Оберіть місяць, який уже закінчився.", "Choose a month that has ended.")
MARK_HINT = Text(
    "Лише для порожніх клітинок рядка: x — немає даних, z — не застосовується.",
    "For the empty cells of the row only: x = not available, z = not applicable.",
)
NOTE_LINES = (
    Text("Як заповнити звіт (шаблон, версія {version})", "How to fill in the return (template version {version})"),
    Text(
        "1. Оберіть звітний місяць, який уже закінчився, і впишіть дату заповнення.",
        "1. Choose the month reported, which must have ended, and enter the day of filling in.",
    ),
    Text(
        "2. Заповнюйте лише жовті клітинки. Подавайте підсумки по громаді: без імен, адрес чи даних про окремих осіб.",
        "2. Fill in the yellow cells only. Give totals for the community: no names, addresses or data on persons.",
    ),
    Text(
        "3. Числа цілі й не від’ємні; суми — у гривнях без копійок. Формул не використовуйте: вставляйте значення.",
        "3. Numbers are whole and not negative; money is in hryvnias without kopiikas. Use no formulas: paste values.",
    ),
    Text(
        "4. 0 означає, що такого справді немає. Якщо даних немає, лишіть клітинку порожньою (знак x); якщо показник не "
        "стосується громади, оберіть у колонці G знак z.",
        "4. 0 means that there truly is none. Where you have no data, leave the cell empty (mark x); where the figure "
        "does not concern your community, choose the mark z in column G.",
    ),
    Text(
        "5. «Усього» має дорівнювати сумі частин. Групи людей і види допомоги можуть перетинатися: кожна частина не "
        "більша за «усього».",
        "5. A total equals the sum of its parts. Groups of people and kinds of aid may overlap; no part exceeds it.",
    ),
    Text(
        "6. Не додавайте аркушів, рядків чи колонок, не змінюйте назв. Аркуш захищено без пароля, від випадкових змін.",
        "6. Add no sheets, rows or columns and change no names. The form has a guard against slips, no password.",
    ),
    Text(
        "7. Помилилися? Надішліть виправлений звіт за той самий місяць: він замінить попередній.",
        "7. A mistake? Send a corrected return for the same month: it replaces the earlier one.",
    ),
    Text(
        "8. Числа громади бачать вона сама й координатори Асоціації; загалу їх не показують.",
        "8. The figures are seen by the community and the Association’s coordinators; the public does not see them.",
    ),
)

SOURCE_TITLE = "Звіт громади: {name}, {month} {year} року"
LICENCE = Text("лише для членів Асоціації", "for members of the Association only")
PRODUCER = Text("Громада (звіт)", "The community (its return)")
MONTHS_UK = (
    *("січень", "лютий", "березень", "квітень", "травень", "червень"),
    *("липень", "серпень", "вересень", "жовтень", "листопад", "грудень"),
)

PLACE = Text("аркуш «{sheet}», клітинка {cell}: {what}", "sheet “{sheet}”, cell {cell}: {what}")
ON_SHEET = Text("аркуш «{sheet}»: {what}", "sheet “{sheet}”: {what}")
NO_FILE = Text("такого файлу немає; перевірте назву й теку", "there is no such file; check its name and folder")
UNREADABLE = Text(
    "не вдалося прочитати: файл завеликий або недоступний; перевірте його й права доступу",
    "cannot be read: the file is too large or not accessible; check the file and your rights",
)
PROTECTED = Text(
    "файл захищено паролем або це старий .xls; збережіть його як .xlsx без пароля",
    "is protected by a password or is an old .xls; save it as .xlsx without a password",
)
DAMAGED = Text(
    "файл пошкоджено або це не книга XLSX; відкрийте його й збережіть наново як .xlsx",
    "is damaged or is not an XLSX workbook; open it and save it anew as .xlsx",
)
NO_FORM = Text(
    "немає аркуша «{sheet}»; візьміть новий шаблон і перенесіть до нього числа",
    "has no sheet “{sheet}”; take a new template and copy the numbers into it",
)
FAULTS = {
    "version": Text(
        "версія шаблону «{found}», а потрібна {wanted}; візьміть новий шаблон",
        "is template version “{found}”, but {wanted} is needed; take a new template",
    ),
    "extra_sheet": Text("зайвий аркуш; видаліть його", "is an extra sheet; delete it"),
    "unread": Text(
        "на цьому аркуші нічого не вписують, його не читають; очистіть клітинку або видаліть аркуш",
        "nothing is entered on this sheet, it is not read; clear the cell or delete the sheet",
    ),
    "extra_row": Text("рядка немає в шаблоні; видаліть його", "the row is not in the template; delete it"),
    "twice": Text("рядок повторює рядок {first}; лишіть один", "the row repeats row {first}; keep one"),
    "missing": Text(
        "немає рядка «{label}»; візьміть новий шаблон і перенесіть до нього числа",
        "the row “{label}” is missing; take a new template and copy the numbers into it",
    ),
    "renamed": Text(
        "назву змінено; тут має стояти «{label}»",
        "the name was changed; it must be “{label}”",
    ),
    "column": Text(
        "назву або місце колонки змінено; тут має бути «{label}»",
        "the column was renamed or moved; “{label}” must stand here",
    ),
    "closed": Text("тут нічого не вписують; очистіть клітинку", "nothing is entered here; clear the cell"),
    "personal": Text(
        "назва колонки говорить про осіб, контакти чи точні місця, а їх ніколи не завантажують; видаліть колонку",
        DELETE_COLUMN,
    ),
    "formula": Text("формула; вставте саме число", "holds a formula; paste the number itself"),
    "comma": Text("«{text}» — дріб; впишіть ціле число", "“{text}” is a fraction; enter a whole number"),
    "text": Text(
        "«{text}» — не число; впишіть ціле число або лишіть порожньою",
        "“{text}” is not a number; enter a whole number or leave it empty",
    ),
    "negative": Text("{text} — від’ємне число; впишіть 0 або більше", "{text} is negative; enter 0 or more"),
    "large": Text("{text} — неймовірно велике число; перевірте", "{text} is too large to be true; check it"),
    "mark": Text("«{text}» — не знак; оберіть x чи z", "“{text}” is not a mark; choose x or z"),
    "mark_idle": Text(
        "знак «{text}» зайвий: у рядку немає порожніх клітинок; приберіть його",
        "the mark “{text}” has no empty cell in its row; clear it",
    ),
    "equal": Text(
        "тут {whole}, а частини ({parts}) разом дають {total}; виправте",
        "is {whole}, but its parts ({parts}) add up to {total}; mend it",
    ),
    "within": Text(
        "тут {whole}, а частини ({parts}) разом дають більше: {total}; виправте",
        "is {whole}, but its parts ({parts}) add up to more: {total}; mend it",
    ),
    "each": Text(
        "тут {whole}, а в {parts} більше: {total}; виправте",
        "is {whole}, but {parts} holds more: {total}; mend it",
    ),
    "code": Text(
        "«{text}» — не код громади за КАТОТТГ; впишіть код із шаблону: {wanted}",
        "“{text}” is not the KATOTTG code of this community; enter the template’s code: {wanted}",
    ),
    "unknown_code": Text(
        "громади з кодом {text} немає в базі даних; повідомте Асоціацію",
        "no community with the code {text} is in the database; tell the Association",
    ),
    "name": Text(
        "назви громади немає, або в ній є невидимі знаки; візьміть новий шаблон",
        "the name of the community is missing or holds invisible signs; take a new template",
    ),
    "month": Text(
        "«{text}» — не місяць; оберіть його зі списку, як-от 2026-10",
        "“{text}” is not a month; choose it from the list, as 2026-10",
    ),
    "no_month": Text(
        "не вказано звітного місяця; оберіть його зі списку, як-от 2026-10",
        "the month reported is missing; choose it from the list, as 2026-10",
    ),
    "month_early": Text(
        "{text}: до 24.02.2022; оберіть місяць від 2022-02", "{text} is before 24.02.2022; choose 2022-02 or later"
    ),
    "month_future": Text(
        "{text}: місяць ще не закінчився; звітують за місяць, який минув",
        "{text} has not ended yet; report a month that has passed",
    ),
    "day": Text("«{text}» — не дата; впишіть її як 05.11.2026", "“{text}” is not a day; enter it as 05.11.2026"),
    "no_day": Text(
        "не вказано дати заповнення; впишіть її як 05.11.2026",
        "the day of filling in is missing; enter it as 05.11.2026",
    ),
    "day_wrong": Text(
        "{text}: дата заповнення має бути після звітного місяця й не в майбутньому",
        "{text}: the day of filling in comes after the month reported and not in the future",
    ),
    "empty": Text("не заповнено жодного числа; заповніть звіт", "not one number is filled in; fill in the return"),
    "many_rows": Text("забагато рядків; видаліть зайві", "has too many rows; delete those added"),
}
