"""From what a user calls a source to something that proposes candidates."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dealgraph.errors import UnknownName
from dealgraph.link.dataset import Dataset, load_dataset
from dealgraph.link.description import Description, find_description
from dealgraph.link.endpoint import Endpoint
from dealgraph.link.entity import Entity
from dealgraph.link.http import Client
from dealgraph.link.index import Index
from dealgraph.link.propose import Found, Source
from dealgraph.link.reconciliation import Service
from dealgraph.mapping import scheme_of
from dealgraph.settings import Project, data_folder
from dealgraph.stored import load_one

BY_NAME: Final = "link/by-name"
"""The stored query that finds candidates in an endpoint whose description names no other."""


@dataclass(frozen=True)
class Local:
    """A data set on this machine, indexed."""

    dataset: Dataset
    index: Index

    @property
    def name(self) -> str:
        """What the source is called."""
        return self.dataset.description.name

    def candidates(self, things: Sequence[Entity]) -> Mapping[str, Found]:
        """Return what is worth comparing with each thing."""
        return {thing.iri: Found(self.index.block(thing)) for thing in things}


def prefixes_of(description: Description) -> dict[str, str]:
    """Return the prefix for the IRIs of a source that are of no known scheme, as a mapping file needs one."""
    namespace = description.iri.partition("{")[0]
    if "://" not in namespace or scheme_of(namespace):
        return {}
    return {re.sub(r"[^a-z0-9]", "", description.name.lower()) or "outside": namespace}


def open_source(project: Project, name: str, client: Client, data: Path | None) -> tuple[Description, Source]:
    """Open the source that a user names: a description of the project, or a description file.

    `data` is the folder of local data, if the user named one. Raises what reading a description or a data
    set raises. A server is not asked yet.
    """
    if re.match(r"https?://", name):
        fix = f"Describe it in a file with format: reconciliation or sparql and address: {name}"
        raise UnknownName("an address does not say what it is of", where=name, fix=fix)
    description = find_description(project, name)
    if description.format == "reconciliation":
        return description, Service(description, client)
    if description.format == "sparql":
        return description, Endpoint(
            description, client, load_one(project.queries, description.query or BY_NAME)
        )
    dataset = load_dataset(description, data_folder(data))
    return description, Local(dataset, Index(dataset.entities))
