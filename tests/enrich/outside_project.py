"""An invented dataset of sites, and a project whose things are linked with some of its records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from dealgraph.enrich import Enriched, enrich, find_outside, keep
from dealgraph.mapping import CLOSE, EXACT, new_set, write
from dealgraph.mapping import Mapping as Match
from dealgraph.settings import Project
from dealgraph.terms import iri
from tiny import project

HANDLE = "https://w3id.org/dealgraph/outside/epoch-data-center/"
THINGS = """graph:things {
id:cairn a dg:DataCenter ; rdfs:label "Cairn"@en , "Cairn"@fr .
id:tor a dg:DataCenter ; rdfs:label "Tor"@en , "Tor"@fr .
id:lyon a dg:City ; rdfs:label "Lyon"@en , "Lyon"@fr .
id:atlas a dg:Organization ; rdfs:label "Atlas"@en , "Atlas"@fr .
}
"""
CLAIMS = """title: Atlas of sites
title_fr: Atlas des sites
publisher: id:atlas
licence: https://atlas.example/licence
source: https://atlas.example/
tables:
  sites:
    file: sites.csv
    format: csv
    thing: "https://w3id.org/dealgraph/outside/epoch-data-center/{Name|epoch}"
    key: [Name]
    claims:
      - predicate: dg:sitedIn
        from: Town
        terms: {"Lyon, FR": id:lyon}
        inside: true
        stance: {from: Certainty, values: {Confirmed: confirmed, Likely: estimated, Unlikely: alleged}}
        says: "{thing} stands in {value}."
        says_fr: "{thing} se trouve à {value}."
      - predicate: dg:lifecycleStatus
        from: Status
        terms: {Existing: dg:OperationalStatus, Planned: dg:PlannedStatus}
        realis: {from: Status, values: {Existing: actual, Planned: planned}}
        stance: {from: Certainty, values: {Confirmed: confirmed, Likely: estimated, Unlikely: alleged}}
        says: "{thing} is {value}."
        says_fr: "{thing} est {value}."
  levels:
    file: [levels.csv, atlas_levels.csv]
    format: csv
    thing: "https://w3id.org/dealgraph/outside/epoch-data-center/{Name|epoch}"
    key: [Name, Day]
    dates: {from: Day, forms: ["%Y-%m-%d", "%m/%d/%Y"]}
    claims:
      - predicate: {past: dg:commissionedOn, ahead: dg:expectedCommissioning}
        from: Day
        date: ["%Y-%m-%d", "%m/%d/%Y"]
        above: Power (MW)
        pick: first
        stance: estimated
        says: "{thing} runs from {value} on."
        says_fr: "{thing} tourne à partir du {value}."
      - predicate: dg:power
        from: Power (MW)
        unit: dg:Gigawatt
        scale: 0.001
        above: Power (MW)
        stance: estimated
        each:
          class: dg:PowerLevel
          of: dg:powerOf
          name: power
          label: "power of {thing}, {date}"
          label_fr: "puissance de {thing}, {date}"
        says: "{thing} draws {value} on {date}."
        says_fr: "{thing} appelle {value} le {date}."
"""
SITES = """Name,Town,Status,Certainty
Cairn Lyon,"1 rue A, Lyon, FR",Existing,Confirmed
Other,Nowhere,Planned,Likely
"""
LEVELS = """Name,Day,Power (MW)
Cairn Lyon,2031-01-01,0
Cairn Lyon,2031-05-01,300
Cairn Lyon,2033-05-01,1200.0
"""
TERMS = """dg:lifecycleStatus dg:prospective true .
dg:expectedCommissioning dg:prospective true ; dg:sameQuestionAs dg:commissionedOn .
dg:commissionedOn dg:sameQuestionAs dg:expectedCommissioning .
"""
FIRST, SECOND, THIRD = (dt.date(2032, month, 3) for month in (1, 2, 3))


def the_project(root: Path, claims: str = CLAIMS, matches: Mapping[str, str] | None = None) -> Project:
    """A project with the dataset `atlas`; `matches` gives for each thing the name of its record."""
    files = {
        "graph/things/all.trig": THINGS,
        "graph/external/atlas/claims.yaml": claims,
        "ontology/terms.ttl": TERMS,
    }
    made = project(root, files)
    chosen = {"cairn": "Cairn_Lyon"} if matches is None else matches
    rows = [Match(iri(f"id:{thing}"), EXACT, f"{HANDLE}{name}") for thing, name in chosen.items()]
    if "tor" not in chosen:
        rows.append(Match(iri("id:tor"), CLOSE, f"{HANDLE}Other"))
    (root / "graph" / "mappings").mkdir(exist_ok=True)
    write(root / "graph" / "mappings" / "sites.sssom.tsv", new_set("sites", "Sites.").revised(*rows))
    return made


def data(folder: Path, sites: str = SITES, levels: str = LEVELS) -> Path:
    """The tables of a snapshot."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sites.csv").write_text(sites, encoding="utf-8")
    (folder / "levels.csv").write_text(levels, encoding="utf-8")
    return folder


def take(made: Project, folder: Path, day: dt.date = FIRST, *, allow_gone: bool = False) -> Enriched:
    """Enrich the project with a snapshot, and keep it."""
    found = enrich(made, find_outside(made, "atlas"), folder, day, day, allow_gone=allow_gone)
    keep(found)
    return found
