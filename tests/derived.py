"""Invented figures, and what the rules make of them, in a form to compare."""

from __future__ import annotations

import pyoxigraph as ox

from dealgraph.derive import DERIVED, Deriver
from dealgraph.terms import compact, iri
from graph import stored_queries
from tiny import Said, article, store_of

RULES = tuple(rule for rule in stored_queries().values() if rule.topic == "rules")
DEFAULT = ox.DefaultGraph()
COMPARISONS = ("dg:agreesWith", "dg:looselyAgreesWith", "dg:disagreesWith")


# --- reading results -------------------------------------------------------------------------------------


def node(name: str) -> ox.NamedNode:
    return ox.NamedNode(iri(name))


def text(term: object) -> str:
    """The IRI or the text of a term."""
    assert isinstance(term, ox.NamedNode | ox.Literal)
    return term.value


def one(store: ox.Store, subject: ox.NamedNode, predicate: str) -> str:
    """The only value of a property in the default graph, or nothing."""
    quads = list(store.quads_for_pattern(subject, node(predicate), None, DEFAULT))
    assert len(quads) <= 1
    return text(quads[0].object) if quads else ""


def interval(store: ox.Store, quantity: ox.NamedNode) -> str:
    """A quantity as `[1, 2)`; a side that is not known is empty."""
    opening = "(" if one(store, quantity, "dg:lowerExclusive") else "["
    closing = ")" if one(store, quantity, "dg:upperExclusive") else "]"
    ends = [one(store, quantity, bound) for bound in ("dg:lower", "dg:upper")]
    return f"{opening}{ends[0]}, {ends[1]}{closing}"


def found(store: ox.Store, *predicates: str) -> set[tuple[str, str, str]]:
    """What `graph:derived` says with some predicates: subject, predicate, object in short form."""
    return {
        (compact(text(quad.subject)), predicate, shown(store, quad.object))
        for predicate in predicates
        for quad in store.quads_for_pattern(None, node(predicate), None, DERIVED)
    }


def shown(store: ox.Store, term: object) -> str:
    assert isinstance(term, ox.NamedNode)
    if one(store, term, "dg:precision") == iri("dg:Computed"):
        return interval(store, term)
    return one(store, term, "dg:edtf") or compact(term.value)


def derived(*texts: str) -> ox.Store:
    """A store with what the rules make of some facts and articles."""
    store = store_of(*texts)
    Deriver.of(store, RULES).run()
    return store


# --- figures ---------------------------------------------------------------------------------------------


def money(name: str, bounds: str, unit: str = "USDollar") -> str:
    return f"""
id:{name} a dg:Quantity ; dg:unit dg:{unit} ; dg:currencyBasis dg:CurrencyStated ; dg:precision dg:AsStated ;
    {bounds} ."""


def number(name: str, unit: str, bounds: str) -> str:
    return f"\nid:{name} a dg:Quantity ; dg:unit dg:{unit} ; dg:precision dg:AsStated ; {bounds} ."


def day(name: str, first: str, last: str) -> str:
    return f'\nid:{name} a dg:TimeSpan ; dg:earliest "{first}"^^xsd:date ; dg:latest "{last}"^^xsd:date .'


STAKE = """
id:deal dg:investor id:bluewave ; dg:target id:northwind ; dg:price id:price .
id:stake dg:arisesFrom id:deal ; dg:issuer id:northwind ; dg:share id:share .
id:valuation dg:establishedBy id:deal ; dg:valuedCompany id:northwind ; dg:valuationAmount id:amount ;
    dg:asOf id:june .
""" + day("june", "2025-06-01", "2025-06-30")
BEFORE = """
id:before dg:valuedCompany id:northwind ; dg:valuationAmount id:earlier ; dg:asOf id:may .
""" + day("may", "2024-05-01", "2024-05-31")


def stake(
    price: str, share: str, amount: str = "dg:lower 1.0 ; dg:upper 1000.0", unit: str = "USDollar"
) -> str:
    return (
        STAKE
        + money("price", price, unit)
        + number("share", "Percent", share)
        + money("amount", amount, unit)
    )


def saying(subject: str, predicate: str, quantity: str) -> str:
    return article("courier", "2025-06-13", Said(subject, predicate, quantity))


ROUND = stake("dg:lower 95.0 ; dg:upper 105.0", "dg:lower 32.5 ; dg:upper 33.5")
OPEN = stake(
    "dg:lower 100.0 ; dg:lowerExclusive true", "dg:lower 20.0 ; dg:upper 25.0 ; dg:upperExclusive true"
)
THREEFOLD = STAKE + BEFORE + money("earlier", "dg:lower 95.0 ; dg:upper 105.0")


def entries(*positions: int) -> str:
    ranked = "".join(
        f"id:entry-{n} dg:inRanking id:list ; dg:position {place} ; dg:ranked id:deal-{n} .\n"
        for n, place in enumerate(positions, 1)
    )
    return f"id:list dg:criterion dg:DealSize .\n{ranked}"


def ages(*observed: tuple[str, str, int]) -> str:
    """Ages of Ada in completed years: first and last day of the span, and the age."""
    return "".join(
        f"id:seen-{n} dg:ageOf id:ada ; dg:asOf id:span-{n} ; dg:age id:years-{n} .\n"
        + day(f"span-{n}", first, last)
        + number(
            f"years-{n}", "Year", f"dg:lower {years}.0 ; dg:upper {years + 1}.0 ; dg:upperExclusive true"
        )
        + "\n"
        for n, (first, last, years) in enumerate(observed, 1)
    )


HIRED = """
id:deal a dg:TalentDeal ; dg:investor id:bluewave ; dg:target id:northwind ; dg:hasLeg id:leg .
id:leg a dg:PersonnelLeg .
id:northwind dg:foundedBy id:ada .
id:lab dg:unitOf id:bluewave .
"""


def announced(published: str, weekday: str, slug: str = "courier") -> str:
    said = Said("id:deal", "dg:announcedOnWeekday", f"dg:{weekday}")
    return (
        f"id:deal dg:announcedOnWeekday dg:{weekday} .\n"
        f"graph:admitted {{ claim:{slug}-1 dg:admitted true }}\n" + article(slug, published, said)
    )


def released(published: str, expression: str, realis: str = "Actual") -> str:
    said = Said("id:model", "dg:releasedOn", "id:span", realis=realis)
    return (
        f'id:model dg:releasedOn id:span . id:span dg:edtf "{expression}"^^edtf:EDTF .\n'
        "graph:admitted { claim:courier-1 dg:admitted true }\n" + article("courier", published, said)
    )


def rivals(first: str, second: str, unit: str = "USDollar", polarity: str = "Positive") -> str:
    said = (
        Said("id:deal", "dg:price", "id:one"),
        Said("id:deal", "dg:price", "id:other", polarity=polarity, stance="Reported"),
    )
    figures = money("one", first) + money("other", second, unit)
    marked = "graph:admitted { article:courier dg:counted true }\n"
    return marked + article("courier", "2025-06-13", *said, more=figures)
