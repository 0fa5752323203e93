"""Reading RDF files: terms as they are written, comments, lines, and messages that name a place."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode

from dealgraph.errors import DealgraphError, FormatMisfit, SyntaxProblem, UnknownPrefix, Unreadable
from dealgraph.terms import iri
from dealgraph.turtle import format_text, read, subject_lines
from dealgraph.turtle.document import parse, write_text
from dealgraph.turtle.tokens import Token, statements, tokens

HEAD = (
    "@prefix dg: <https://w3id.org/dealgraph/ontology#> .\n@prefix id: <https://w3id.org/dealgraph/id/> .\n"
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "deals.trig"


# --- what is read -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5.00", Literal("5.00", datatype=NamedNode(iri("xsd:decimal")))),
        (
            '"007"^^<http://www.w3.org/2001/XMLSchema#integer>',
            Literal("007", datatype=NamedNode(iri("xsd:integer"))),
        ),
        ("'49 %'@FR", Literal("49 %", language="fr")),
        ("'''e\u0301\r\n'''", Literal("e\u0301\r\n")),
    ],
)
def test_terms_keep_their_lexical_form(file: Path, text: str, value: Literal) -> None:
    file.write_bytes(f"{HEAD}id:a dg:p {text} .".encode())
    assert [quad.object for quad in read(file).quads] == [value]


@pytest.mark.parametrize("suffix", [".ttl", ".trig", ".nt", ".nq"])
def test_each_syntax_is_read_by_its_suffix(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"deals{suffix}"
    file.write_text("<urn:s> <urn:p> <urn:o> .\n<urn:s> <urn:p> 'x' .\n".replace("'", '"'), encoding="utf-8")
    document = read(file)
    assert (document.path, len(document.quads), dict(document.lines)) == (file, 2, {"urn:s": (1, 2)})


def test_blank_nodes_of_two_files_never_meet(file: Path) -> None:
    file.write_text("_:b0 <urn:p> 1 .", encoding="utf-8")
    (first,), (second,) = read(file).quads, read(file).quads
    assert isinstance(first.subject, BlankNode)
    assert first.subject != second.subject


def test_a_byte_order_mark_is_no_part_of_the_text(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf# head\n<urn:s> <urn:p> 1 .")
    assert read(file).head == ("# head",)


# --- comments ---------------------------------------------------------------------------------------------

COMMENTED = f"""\
# head, first

  # head, second
{HEAD}
id:a dg:p "# in a string" , <https://example.org/#fragment> , '''
# in 1' # of a long string''' , \"\"\"
# in 1" # of another\"\"\" .
id:b\\#c dg:p id:d . # stray
# stray
id:e dg:p id:f#stray
."""


def test_comments_are_told_apart_from_what_looks_like_them() -> None:
    document = parse(COMMENTED, Path("deals.trig"))
    assert document.head == ("# head, first", "# head, second")
    assert document.strays == (10, 11, 12)


def test_a_comment_that_would_be_lost_is_refused_with_its_place() -> None:
    with pytest.raises(FormatMisfit) as caught:
        format_text(COMMENTED, "graph/deals.trig")
    assert str(caught.value) == (
        "graph/deals.trig:10: this comment would be lost, and 2 more. "
        "Move it to the head of the file, or say it in rdfs:comment or skos:editorialNote"
    )


def test_a_file_of_comments_stays_as_it_is() -> None:
    assert format_text("# only\n# comments\n", "x.ttl") == "# only\n# comments\n"
    assert format_text("", "x.ttl") == ""


# --- lines of subjects ------------------------------------------------------------------------------------


def test_subjects_are_found_on_every_line_where_a_description_begins() -> None:
    text = f"""{HEAD}
# id:comment dg:p 1 .
id:a dg:p [ dg:q id:no ] , ( id:no ) , 5. id:b.c
  dg:p .5 , \"\"\"
id:no dg:p 1 .
\"\"\"@en-GB ; .
PREFIX e: <https://example.org/> e:x dg:p 'a' .
@base <https://example.org/y/> .
GRAPH id:g {{ id:a dg:p 1 . <z> dg:p id:é }}
[] dg:p id:no . _:b dg:p id:no . id:h {{ }} unknown:x dg:p 1 . id:b\\,d dg:p 1 .
"""
    assert dict(subject_lines(text)) == {
        iri("id:a"): (5, 11),
        iri("id:b.c"): (5,),
        "https://example.org/x": (9,),
        "https://example.org/y/z": (11,),
        iri("id:b,d"): (12,),
    }


def test_lines_are_found_in_a_text_that_does_not_parse() -> None:
    assert dict(subject_lines(f'{HEAD}id:a dg:p 1 .\nid:b dg:p "open\nid:c')) == {
        iri("id:a"): (3,),
        iri("id:b"): (4,),
    }
    assert dict(subject_lines("@base <http://[> . <a> <b> 1 .")) == {"a": (1,)}


def test_a_dot_ends_a_statement_unless_it_stands_inside_a_word() -> None:
    text = 'id:a.b dg:p .5 , -5.0e3 , 5. _:b.c "x"@en-GB.<urn:s>a[].id:c'
    words = 'id:a.b dg:p .5 , -5.0e3 , 5 . _:b.c "x" @en-GB . <urn:s> a [ ] . id:c'
    assert " ".join(token.text for token in tokens(text)) == words


@given(st.text(st.sampled_from("\"'\\\n#<>.:;,@[](){}|ae5 é~^_"), max_size=40))
@settings(max_examples=300, deadline=None)
def test_any_text_is_cut_into_tokens_that_cover_it(text: str) -> None:
    found = list(tokens(text))
    assert "".join("".join(token.text for token in found).split()) == "".join(text.split())
    assert all(token.text in "\n".join(text.split("\n")[token.line - 1 :]) for token in found)


PIECES = [
    *("@prefix a: <http://x/> .", "PREFIX b: <http://y/>\n", "@base <http://z/> .", "BASE <q>\n", "GRAPH "),
    *("a:b", "b:c.d", "a:x\\.y", "a:b.", "a:b..c", "_:b", "a", "<rel>", "<bad iri>", "<", ">"),
    *('"s"', '"open', "'''x.\ny'''", '"""', "@fr", "^^a:t", "4.5", ".5", "5.", "# c . {\n"),
    *(".", "..", "{", "}", "{|", "|}", "|", "[", "]", "(", ")", ";", ",", "~", "@", "\\", "\\.", " ", "\n"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=14), st.sampled_from(["", " "]))
@settings(max_examples=500, deadline=None)
def test_a_statement_ends_where_a_token_ends_it(pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    ends = [start + 1 for token, start in placed(text) if token.text in {".", "{", "}"}]
    inside = range(len(text))  # the last statement may lack its end
    assert [end for _, end in statements(text) if end in inside] == [end for end in ends if end in inside]


def placed(text: str) -> Iterator[tuple[Token, int]]:
    """The tokens of a text, each with where it begins."""
    place = 0
    for token in tokens(text):
        place = text.index(token.text, place)
        yield token, place
        place += len(token.text)


@given(st.text(st.sampled_from("\"'\\\n#<>.:;,@[](){}|ae5 é~^_"), max_size=40))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_or_refused_with_its_place(text: str) -> None:
    try:
        parse(text, Path("x.trig"))
    except DealgraphError as error:
        assert error.where.startswith("x.trig:")


# --- messages ---------------------------------------------------------------------------------------------


def refused(path: Path) -> DealgraphError:
    with pytest.raises(DealgraphError) as caught:
        read(path)
    return caught.value


@pytest.mark.parametrize(
    ("body", "place", "message"),
    [
        ("id:a dg:p .", "3:11", ". is not a valid RDF object"),
        ("id:a dg:p 'é' , 1 } .", "3:19", "} is not a valid"),
        ("id:a dg:p <relative> .", "3:11", "No scheme found"),
        ("\nid:a dg:p 'open\n' .", "4:16", "Line jumps are not allowed"),
        ("id:a dg:p 1", "3:12", "Unexpected end"),
    ],
)
def test_a_syntax_problem_names_file_line_and_column(file: Path, body: str, place: str, message: str) -> None:
    file.write_text(HEAD + body, encoding="utf-8")
    error = refused(file)
    assert isinstance(error, SyntaxProblem)
    assert error.where == f"{file}:{place}"
    assert message in error.message
    assert "Parser error" not in error.message


def test_an_undeclared_prefix_of_the_table_comes_with_the_line_that_declares_it(file: Path) -> None:
    file.write_text(f"{HEAD}\nid:a dg:p 1 , claim:x .", encoding="utf-8")
    error = refused(file)
    assert isinstance(error, UnknownPrefix)
    assert (error.where, error.message) == (f"{file}:4:15", "the prefix claim: is not declared")
    assert error.fix.endswith("@prefix claim: <https://w3id.org/dealgraph/claim/> .")


def test_an_undeclared_prefix_outside_the_table_comes_with_the_table(file: Path) -> None:
    file.write_text("foo:a a foo:b .", encoding="utf-8")
    error = refused(file)
    assert isinstance(error, UnknownPrefix)
    assert error.message == "the prefix foo: is not declared"
    assert " claim dataset " in error.fix


def test_a_missing_file_a_folder_and_a_wrong_suffix_are_unreadable(tmp_path: Path) -> None:
    (tmp_path / "deals.ttl").mkdir()
    (tmp_path / "deals.csv").touch()
    for name, message in [
        ("no.ttl", "no such file"),
        ("deals.ttl", "folder"),
        ("deals.csv", "kind of RDF file"),
    ]:
        error = refused(tmp_path / name)
        assert isinstance(error, Unreadable)
        assert error.where == str(tmp_path / name)
        assert message in error.message


def test_the_first_byte_that_is_not_utf_8_is_named(file: Path) -> None:
    file.write_bytes("# é\n# société\n".encode() + "# société\n".encode("latin-1"))
    error = refused(file)
    assert isinstance(error, Unreadable)
    assert error.where == f"{file}:3"
    assert error.message == "byte 24 of the file (0xE9) is not UTF-8"


# --- writing --------------------------------------------------------------------------------------------


def test_a_file_is_replaced_whole_and_its_folder_made(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.trig"
    for text in ("é\n", "shorter"):
        write_text(path, text)
        assert path.read_bytes() == text.encode()
    assert list(path.parent.iterdir()) == [path]


def test_where_writing_fails_what_was_there_is_kept_and_nothing_left_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    path = tmp_path / "a.trig"
    write_text(path, "before")
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(Unreadable, match=r"a\.trig: cannot be written \(No space left"):
        write_text(path, "after")
    assert path.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]
