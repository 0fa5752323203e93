"""Small invented projects and stores: Bluewave, Northwind and what two papers say of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, QuerySolutions, RdfFormat, Store

from dealgraph.settings import Project, open_project
from dealgraph.stored import StoredQuery, parse
from dealgraph.terms import BASE, PREFIXES

ROOT = Path(__file__).resolve().parents[1]
HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
DIGEST = "ab" * 32


@dataclass(frozen=True)
class Said:
    """One invented claim; `passage` is where it stands, `more` ends in a semicolon."""

    subject: str = "id:stake"
    predicate: str = "dg:share"
    object: str = "id:anything"
    realis: str = "Actual"
    stance: str = "Asserted"
    polarity: str = "Positive"
    rank: str = "Normal"
    attribution: str = ""
    passage: tuple[int, int] = (0, 5)
    more: str = ""

    def written(self, slug: str, number: int) -> str:
        start, end = self.passage
        passage = f"<{BASE}article/{slug}#char={start},{end}>"
        return (
            f"claim:{slug}-{number} a dg:Claim ; dg:subject {self.subject} ; dg:predicate {self.predicate} ;"
            f" dg:object {self.object} ; dg:realis dg:{self.realis} ; dg:stance dg:{self.stance} ;"
            f" dg:polarity dg:{self.polarity} ; dg:rank dg:{self.rank} ; {self.more}"
            f" dg:attribution {self.attribution or f'attribution:{slug}-author'} ; dg:passage {passage} .\n"
            f"{passage} a dg:Passage ; dg:inArticle article:{slug} ;"
            f' dg:start {start} ; dg:end {end} ; dg:sha256 "{DIGEST}"^^xsd:hexBinary .\n'
        )


def article(slug: str, published: str, *claims: Said, more: str = "") -> str:
    """One article as TriG without prefixes; its claims are numbered from 1."""
    return (
        f"article:{slug} {{\n"
        f'article:{slug} a dg:Article ; rdfs:label "{slug}: invented"@en , "{slug} : inventé"@fr ;'
        f' dg:publicationDate "{published}"^^xsd:date .\n'
        f"attribution:{slug}-author a dg:Attribution ; dg:speaker source:{slug}-author .\n"
        f"source:{slug}-author a dg:UnnamedSource ;"
        ' rdfs:label "unnamed author"@en , "auteur non nommé"@fr .\n'
        f"{''.join(claim.written(slug, number) for number, claim in enumerate(claims, 1))}"
        f"{more}\n}}\n"
    )


def snapshot(
    slug: str, day: str, *claims: Said, more: str = "", older: str = "", yields: str = "true"
) -> str:
    """One snapshot of a dataset; its claims are numbered from 1."""
    graph = f"dataset:{slug}-{day}"
    text = f'{graph} a dg:Snapshot ; dg:snapshotOf dataset:{slug} ; dg:snapshotDate "{day}"^^xsd:date ;'
    text += f" dg:yieldsToArticles {yields} {older} .\n"
    text += f"attribution:{slug}-{day} a dg:Attribution ; dg:speaker id:{slug} .\n"
    for number, said in enumerate(claims, 1):
        cell = f"<https://w3id.org/dealgraph/dataset/{slug}-{day}#cell={number}>"
        text += (
            f"claim:{slug}-{day}-{number} a dg:Claim ; dg:subject {said.subject} ;"
            f" dg:predicate {said.predicate} ; dg:object {said.object} ;"
            f" dg:realis dg:{said.realis} ; dg:stance dg:{said.stance} ;"
            f" dg:polarity dg:Positive ; dg:rank dg:Normal ; {said.more} dg:cell {cell} ;"
            f" dg:attribution attribution:{slug}-{day} .\n"
            f'{cell} a dg:Cell ; dg:inSnapshot {graph} ; dg:table "t" ; dg:record "r" ;'
            f' dg:column "{number}" ;'
            f' dg:sha256 "{DIGEST}"^^xsd:hexBinary .\n'
        )
    return f"{graph} {{ {text} {more} }}\n"


def store_of(*texts: str) -> Store:
    """A store in memory with some TriG, read under the project's prefixes."""
    store = Store()
    for text in texts:
        store.load((HEAD + text).encode(), format=RdfFormat.TRIG)
    return store


def write(root: Path, files: Mapping[str, str]) -> None:
    """Write files of RDF under the project's prefixes, and others as they are."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text((HEAD if path.suffix in {".ttl", ".trig"} else "") + text, encoding="utf-8")


def project(root: Path, files: Mapping[str, str]) -> Project:
    """A project with these files and folders of its own for everything else."""
    for part in ("graph/articles", "ontology", "queries"):
        (root / part).mkdir(parents=True, exist_ok=True)
    write(root, files)
    return open_project(root)


def query(text: str, name: str = "tests/invented", params: str = "") -> StoredQuery:
    """A stored query with a header; `params` are header lines without their `#+`."""
    header = ["summary: An invented question", "summary_fr: Une question inventée"]
    if params:
        header += ["params:", *params.strip("\n").splitlines()]
    lines = "".join(f"#+ {line}\n" for line in header)
    prefixes = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in ("dg", "graph", "id", "xsd"))
    return parse(f"{lines}{prefixes}{text}", Path("queries") / f"{name}.rq")


def the_rule() -> StoredQuery:
    """The admission rule of this checkout."""
    path = Path("queries") / "admission" / "facts.rq"
    return parse((ROOT / path).read_text(encoding="utf-8"), path)


def rows(store: Store, text: str) -> list[tuple[str, ...]]:
    """The values of a SELECT in the order of its rows, an unbound one as an empty text."""
    found = store.query(text)
    assert isinstance(found, QuerySolutions)
    return [tuple(t.value if isinstance(t, NamedNode | Literal) else "" for t in row) for row in found]
