"""The parts of an OC4IDS project as rows of texts: who finances, contracts, pays and takes part, and how far it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from data_access.pipeline.projects.package import Node

Rows = list[dict[str, str]]
PRIVATE = "фізична особа / private person"
EDRPOU = re.compile(r"(?:.*[^0-9])?([0-9]{8})")
INTERNATIONAL = re.compile(r"X[A-Z]-[A-Z]+")  # lists of org-id.guide that hold organisations only, as XM-DAC
ENTREPRENEUR = re.compile(r"\W*(фоп\b|фо-п\b|фізична особа|приватний підприємець|sole proprietor)", re.IGNORECASE)
MOST = {"physical": 100, "financial": 1000}  # percent: a project may cost more than was planned


@dataclass(frozen=True)
class Organisations:
    """`named`: (name, EDRPOU) by the id under which other parts of the project refer to a party."""

    named: dict[str, tuple[str, str]]
    rows: Rows

    def of(self, reference: Node) -> tuple[str, str]:
        """Name and EDRPOU of the organisation referred to; ("", "") where the reference names nobody."""
        given = reference.value.get("id")
        if isinstance(given, str) and given in self.named:
            return self.named[given]
        return _named(reference, "", str(given or "")) if reference.value else ("", "")


def parties(node: Node) -> Organisations:
    """The organisations of a project, a row for each of their roles; of persons nothing but that there is one."""
    named: dict[str, tuple[str, str]] = {}
    rows: Rows = []
    for party in node.objects("parties"):
        identifier = party.object("identifier")
        who = _named(party, str(identifier.value.get("scheme") or ""), str(identifier.value.get("id") or ""))
        if isinstance(party.value.get("id"), str):
            named[party.value["id"]] = who
        for role in party.words("roles") or [""]:
            if len(role) > 32:
                party.fault("roles", "is longer than 32 signs; see the OC4IDS codelist partyRole")
            rows.append({"role": role[:32], "name": who[0], "edrpou": who[1], "member_code": ""})
    return Organisations(named, rows)


def _named(party: Node, scheme: str, code: str) -> tuple[str, str]:
    """Name and EDRPOU of a legal entity: one with 8 digits, or with the code of an international list."""
    legal = party.object("identifier")
    name = legal.text("legalName") or party.text("name")
    digits = EDRPOU.fullmatch(code.strip())
    if ENTREPRENEUR.match(name):
        return PRIVATE, ""
    if digits and scheme in ("", "UA-EDR", "UA-EDRPOU"):
        return name, digits[1]
    return (name, "") if INTERNATIONAL.match(scheme or code) else (PRIVATE, "")


def finances(node: Node, organisations: Organisations) -> Rows:
    """Sources of finance; where none are told, those among which the budget is broken down."""
    budget = node.object("budget")
    listed = [(one, one.money("value"), "financingParty") for one in budget.objects("finance")]
    if not any(amount is not None for _, (amount, _), _ in listed):
        broken = [budget, *budget.objects("budgetBreakdowns")]
        listed = [
            (one, one.money("amount"), "sourceParty") for part in broken for one in part.objects("budgetBreakdown")
        ]
    rows = []
    for one, (amount, currency), party in listed:
        agreed = one.object("period").day("startDate") if party == "financingParty" else None
        rows.append(
            _money(amount, currency) | {"funder": organisations.of(one.object(party))[0], "agreed_on": _day(agreed)}
        )
    return rows


def contracts(node: Node, organisations: Organisations) -> Rows:
    """One row for each contracting process, by its summary; several suppliers stand in one text."""
    rows = []
    for process in node.objects("contractingProcesses"):
        summary = process.object("summary")
        suppliers = list(dict.fromkeys(organisations.of(one) for one in summary.objects("suppliers")))
        amount, currency = summary.money("contractValue")
        days = [release.day("date") for release in process.objects("releases") if "contract" in release.words("tag")]
        signed = min(filter(None, days), default=None) or summary.object("contractPeriod").day("startDate")
        rows.append(
            _money(amount, currency)
            | {
                "contract_id": summary.code("ocid") or process.code("id"),
                "title": summary.text("title"),
                "status": summary.text("status", 32),
                "supplier": "; ".join(dict.fromkeys(name for name, _ in suppliers)),
                "supplier_edrpou": suppliers[0][1] if len(suppliers) == 1 else "",
                "signed_on": _day(signed),
                "url": next(filter(None, map(_link, summary.objects("documents"))), ""),
            }
        )
    return rows


def payments(node: Node, organisations: Organisations) -> Rows:
    """Transactions of all contracting processes."""
    rows = []
    for process in node.objects("contractingProcesses"):
        for one in process.object("summary").objects("transactions"):
            payer, payee = (organisations.of(one.object(role))[0] for role in ("payer", "payee"))
            rows.append(
                _money(*one.money("value")) | {"paid_on": _day(one.day("date")), "payer": payer, "payee": payee}
            )
    return rows


def milestones(node: Node) -> Rows:
    """Milestones of the project, then those of its contracting processes."""
    summaries = [process.object("summary") for process in node.objects("contractingProcesses")]
    return [
        {
            "title": one.text("title"),
            "status": one.text("status", 32),
            "due_on": _day(one.day("dueDate")),
            "met_on": _day(one.day("dateMet")),
        }
        for part in (node, *summaries)
        for one in part.objects("milestones")
    ]


def progress(node: Node) -> Rows:
    """Physical and financial progress by day, in percent, from the metrics of these names."""
    found: dict[str, dict[str, str]] = {}
    for metric in node.objects("metrics"):
        kind = re.sub(r"progress$", "", metric.text("id").lower())
        for one in metric.objects("observations") if kind in MOST else ():
            measured, period = one.number("measure", MOST[kind]), one.object("period")
            day = _day(period.day("endDate") or period.day("startDate"))
            if measured is not None:
                found.setdefault(day, {"reported_on": day, "physical": "", "financial": ""})[kind] = repr(measured)
    return [found[day] for day in sorted(found)]


def _money(amount: float | None, currency: str) -> dict[str, str]:
    return {"amount": "" if amount is None else repr(amount), "currency": currency}


def _link(document: Node) -> str:
    given = document.text("url")
    return given if re.match(r"https?://\S+$", given) else ""


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
