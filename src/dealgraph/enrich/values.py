"""From the records about a thing to statements: amounts with sound bounds, dates, things, and how sure."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import groupby
from typing import Final

from dealgraph.enrich.outside import Column, Facet
from dealgraph.enrich.records import Known, Linked, parsed
from dealgraph.enrich.statement import Node, Statement
from dealgraph.link.dataset import filled
from dealgraph.quantity import Quantity, TimeSpan
from dealgraph.terms import compact, local_name
from dealgraph.words import amount, date

_LARGEST: Final = 30
_LANGUAGES: Final = ("en", "fr")

Label = Callable[[str, str], str]
"""From a thing and a language to its label."""


@dataclass(frozen=True)
class Reader:
    """Makes statements of records: `day` is the snapshot's, `known` what is matched, `label` names things."""

    day: dt.date
    known: Known
    label: Label

    def statements(self, records: Iterable[Linked]) -> Iterator[Statement]:
        """Yield what the records say, table by table and thing by thing; raises `DatasetProblem`."""
        by_table = groupby(records, key=lambda record: record.table)
        for table, rows in by_table:
            of_things: dict[str, list[Linked]] = {}
            for row in rows:
                of_things.setdefault(row.thing, []).append(row)
            for column in table.columns:
                for group in of_things.values():
                    yield from (self._statement(column, row) for row in _chosen(column, group))

    def _statement(self, column: Column, row: Linked) -> Statement:
        is_ahead = row.date is not None and row.date > self.day
        value = self._value(column, row)
        realis = _facet(column.realis, row)
        if is_ahead and realis == "Actual":
            realis = "Expected"
        node = self._node(column, row)
        told = [column.column, column.stance.column, column.realis.column, column.above]
        if row.table.dates and (column.frame or column.pick):
            told.append(row.table.dates.column)
        return Statement(
            subject=node.iri if node else row.thing,
            predicate=column.ahead if is_ahead else column.predicate,
            value=value,
            realis=realis,
            stance=_facet(column.stance, row),
            cells=tuple(row.cell(name) for name in dict.fromkeys(filter(None, told))),
            says={language: self._says(column, row, value, language) for language in _LANGUAGES},
            node=node,
        )

    def _value(self, column: Column, row: Linked) -> Quantity | TimeSpan | str:
        form = column.form
        if form.unit:
            return _quantity(column, row)
        if form.dates:
            return _time(column, row)
        if form.term:
            return form.term
        return self._thing(column, row) if form.thing else _term(column, row)

    def _thing(self, column: Column, row: Linked) -> str:
        entities = filled(column.form.thing, row.record)
        things = {self.known[entity] for entity in entities if entity in self.known}
        if len(things) == 1:
            return things.pop()
        which = ", ".join(entities) or "nothing"
        fix = "Add the thing, and an exact match in graph/mappings"
        raise row.problem(column.column, f"leads to {which}, which no thing is matched with", fix)

    def _node(self, column: Column, row: Linked) -> Node | None:
        if column.frame is None or row.date is None:
            return None
        time = day_span(row.date)
        label = {
            language: column.frame.label[language].format(
                thing=self.label(row.thing, language), date=date(time, language)
            )
            for language in _LANGUAGES
        }
        return Node(column.frame, row.thing, time, label)

    def _says(self, column: Column, row: Linked, value: Quantity | TimeSpan | str, language: str) -> str:
        return column.says[language].format(
            thing=self.label(row.thing, language),
            value=self._in_words(value, language),
            date=date(day_span(row.date), language) if row.date else "",
        )

    def _in_words(self, value: Quantity | TimeSpan | str, language: str) -> str:
        if isinstance(value, Quantity):
            return amount(value, language)
        return date(value, language) if isinstance(value, TimeSpan) else self.label(value, language)


def day_span(day: dt.date) -> TimeSpan:
    """Return one day as a span of time."""
    return TimeSpan(day.isoformat(), day, day)


def _chosen(column: Column, rows: list[Linked]) -> list[Linked]:
    """The records of one thing that a column makes claims of."""
    above = column.above
    counted = [row for row in rows if not above or _number(row, above) > 0]
    if not column.pick:
        if len(counted) > 1 and column.frame is None:
            first, second = counted[:2]
            fix = "Say pick: first or last, or give each record a node of its own by each:"
            raise second.problem(column.column, f"is a second value beside {first.record.where}", fix)
        return counted
    in_order = sorted(counted, key=lambda row: row.date or dt.date.min)
    return in_order[:1] if column.pick == "first" else in_order[-1:]


def _number(row: Linked, column: str) -> Decimal:
    text = row.text(column).strip()
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number < 0 or abs(number.adjusted()) > _LARGEST:
        raise row.problem(column, "is no number from 0 on", "Write it in digits with a decimal point")
    return number


def _quantity(column: Column, row: Linked) -> Quantity:
    """An amount with the bounds to which it may have been rounded: half a unit of its last digit."""
    number, scale = _number(row, column.column), Decimal(column.form.scale)
    whole = number == number.to_integral_value()
    exponent = 0 if whole else number.as_tuple().exponent
    half = Decimal(1).scaleb(int(exponent)) / 2
    lower, upper = max(number - half, Decimal(0)) * scale, (number + half) * scale
    unit = local_name(column.form.unit)
    if column.form.at_least:
        return Quantity(unit, "MoreThan", lower=_plain(number * scale))
    return Quantity(unit, "AsStated", _plain(number * scale), _plain(lower), _plain(upper))


def _plain(number: Decimal) -> Decimal:
    """The same number in its shortest form with a decimal point: `0.69100` is `0.691`, `2` is `2.0`."""
    short = number.normalize()
    return short.quantize(Decimal("0.1")) if short.as_tuple().exponent >= 0 else short  # type: ignore[operator]


def _time(column: Column, row: Linked) -> TimeSpan:
    text = row.text(column.column).strip()
    for form in column.form.dates:
        day = parsed(text, form)
        if day is None:
            continue
        if "%d" in form or "%j" in form:
            return day_span(day)
        if "%m" in form or "%b" in form or "%B" in form:
            last = calendar.monthrange(day.year, day.month)[1]
            return TimeSpan(f"{day:%Y-%m}", day.replace(day=1), day.replace(day=last))
        return TimeSpan(f"{day:%Y}", day.replace(month=1, day=1), day.replace(month=12, day=31))
    message = f"is no date of the form {' or '.join(column.form.dates)}"
    raise row.problem(column.column, message, "Put the date right, or add its form")


def _term(column: Column, row: Linked) -> str:
    text, terms = row.text(column.column).strip(), column.form.terms
    found = {term for part, term in terms.items() if (part in text if column.form.inside else part == text)}
    if len(found) == 1:
        return found.pop()
    what = "means nothing yet" if not found else f"means {', '.join(sorted(map(compact, found)))} at once"
    raise row.problem(column.column, what, f"Say what it means under terms: at {column.where}")


def _facet(facet: Facet, row: Linked) -> str:
    if facet.fixed:
        return facet.fixed.capitalize()
    text = row.text(facet.column).strip()
    found = facet.match.search(text) if facet.match else None
    said = (found[1] if found else "") if facet.match else text
    if said not in facet.values:
        known = ", ".join(facet.values)
        raise row.problem(facet.column, f"grades nothing: '{said}' is none of {known}", f"See {facet.where}")
    return facet.values[said]
