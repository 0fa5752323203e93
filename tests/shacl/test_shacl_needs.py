"""To know how many values nodes have spares queries, and changes no result."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, RdfFormat, Store, parse
from shacl_random import (
    BOUNDED,
    COMPARED,
    DATA,
    OF_PATHS,
    OF_VALUES,
    OTHERS,
    SHAPES,
    SUBCLASSES,
    with_targets,
)

from shacl_oracle import counting, flat, program_of
from shape_files import PREFIX_LINES, trig

ANY = (
    SHAPES
    | with_targets(st.sampled_from(OF_VALUES))
    | with_targets(st.sampled_from(OF_PATHS), is_of_path=True)
    | with_targets(st.sampled_from(BOUNDED), is_of_path=True)
    | with_targets(st.sampled_from(COMPARED), is_of_path=True)
)


@given(data=DATA, shape=ANY, some=st.sets(st.integers(0, 12)))
@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=250)
def test_numbers_that_are_known_change_no_result(data: list[str], shape: str, some: set[int]) -> None:
    program = program_of(trig(f"shape:S {shape} . {OTHERS}"))
    store = flat(parse(PREFIX_LINES + SUBCLASSES + " ".join(data), format=RdfFormat.TRIG))
    everyone = sorted({node for quad in store for node in (quad.subject, quad.object)}, key=str)
    known = frozenset(node for number, node in enumerate(everyone) if number in some)
    part = {name: frozenset(everyone) for name, *_ in program.shapes}
    told = program.run_slice(store, part, counting(store, known))
    assert told.found == program.run_slice(store, part).found
    assert told.counts == program.run_slice(store, part).counts


@pytest.mark.parametrize(
    ("constraint", "values", "is_asked"),
    [
        ("sh:minCount 1", 1, False),
        ("sh:minCount 1", 0, True),
        ("sh:minCount 2", 1, True),
        ("sh:maxCount 1", 1, False),
        ("sh:maxCount 1", 2, True),
        ("sh:class id:K", 0, False),
        ("sh:class id:K", 1, True),
        ("sh:hasValue id:k", 0, True),
        ("sh:equals id:q", 0, True),
        ("sh:qualifiedMinCount 1 ; sh:qualifiedValueShape [ sh:class id:K ]", 3, True),
        ("sh:property [ sh:path id:q ; sh:minCount 1 ]", 0, False),
        ("sh:property [ sh:path id:q ; sh:minCount 1 ]", 1, True),
    ],
)
def test_a_node_is_asked_about_only_where_its_number_of_values_can_break_something(
    constraint: str, values: int, is_asked: bool
) -> None:
    program = program_of(trig(f"shape:S sh:targetClass id:T ; sh:property [ sh:path id:p ; {constraint} ] ."))
    node = NamedNode("http://example.org/a")
    needs = [each.needs for shape in program.made_ready(Store()).shapes for each in shape.questions]
    assert needs
    assert any(each is None or each.may_break(node, lambda *_: values) for each in needs) == is_asked
