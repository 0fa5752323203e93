"""SHACL Core compiled: for each component, and for shapes put together at random, what pySHACL finds."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pyoxigraph import Quad
from shacl_random import (
    BOUNDED,
    COMPARED,
    DATA,
    NUMBERS,
    OF_PATHS,
    OF_VALUES,
    OTHERS,
    PATHS,
    SHAPES,
    SUBCLASSES,
    TARGETS,
)

from shacl_oracle import by_program, by_pyshacl
from shape_files import trig

GUARDED = settings(suppress_health_check=[HealthCheck.too_slow], max_examples=12)


def both(data: list[str], shape: str) -> None:
    """Assert that both engines find the same."""
    assume(not ("sh:targetNode" in shape and "sh:zero" in shape))  # not compiled
    quads: list[Quad] = trig(SUBCLASSES + " ".join(data))
    shapes = trig(f"shape:S {shape} . {OTHERS}")
    assert by_program(quads, shapes) == by_pyshacl(quads, shapes)


@pytest.mark.parametrize("constraint", OF_VALUES)
@given(data=DATA, target=st.sampled_from(TARGETS), path=st.sampled_from(["", *PATHS]))
@GUARDED
def test_a_constraint_of_values_finds_what_pyshacl_finds(
    constraint: str, data: list[str], target: str, path: str
) -> None:
    kind = f"a sh:PropertyShape ; sh:path {path}" if path else "a sh:NodeShape"
    both(data, f"{kind} ; {target} ; {constraint}")


@pytest.mark.parametrize("constraint", OF_PATHS)
@given(data=DATA, target=st.sampled_from(TARGETS), path=st.sampled_from(PATHS))
@GUARDED
def test_a_constraint_of_paths_finds_what_pyshacl_finds(
    constraint: str, data: list[str], target: str, path: str
) -> None:
    both(data, f"a sh:PropertyShape ; sh:path {path} ; {target} ; {constraint}")


@pytest.mark.parametrize("constraint", BOUNDED)
@given(data=NUMBERS, target=st.sampled_from(TARGETS), path=st.sampled_from(PATHS))
@GUARDED
def test_a_bound_finds_what_pyshacl_finds(constraint: str, data: list[str], target: str, path: str) -> None:
    both(data, f"a sh:PropertyShape ; sh:path {path} ; {target} ; {constraint}")


@pytest.mark.parametrize("constraint", COMPARED)
@given(data=NUMBERS, target=st.sampled_from(TARGETS[:3]), path=st.sampled_from(["id:p", "( id:r id:p )"]))
@GUARDED
def test_a_comparison_finds_what_pyshacl_finds(
    constraint: str, data: list[str], target: str, path: str
) -> None:
    numbers = [line for line in data if "id:q id:a" not in line and "id:p id:a" not in line]
    both(numbers or ["id:a id:p 1 ."], f"a sh:PropertyShape ; sh:path {path} ; {target} ; {constraint}")


@given(data=DATA, shape=SHAPES)
@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=300)
def test_nested_shapes_find_what_pyshacl_finds(data: list[str], shape: str) -> None:
    both(data, shape)
