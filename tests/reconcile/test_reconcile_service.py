"""What the service says of itself, its suggestions, and its small page: in both versions and languages."""

from __future__ import annotations

import re
from html import escape

import pytest
from reconcile_calls import ORIGIN, Parsed, answer, got, posted, sent

from dealgraph.desk import Desk
from dealgraph.reconcile import ROUTES
from dealgraph.reconcile.catalogue import catalogue_of
from dealgraph.reconcile.phrases import RECONCILE
from dealgraph.terms import PREFIXES

VERSIONS = ("/reconcile", "/reconcile/1.0")


# --- the manifest ------------------------------------------------------------------------------------------


def test_each_version_has_an_address_of_its_own(desk: Desk) -> None:
    assert [got(desk, path)["versions"] for path in VERSIONS] == [["0.2"], ["1.0-draft"]]


def test_an_id_after_the_identifier_space_is_the_iri(desk: Desk) -> None:
    manifest = got(desk, "/reconcile")
    assert manifest["identifierSpace"] == PREFIXES["id"]
    assert manifest["schemaSpace"] == PREFIXES["dg"]
    assert manifest["view"] == {"url": f"{ORIGIN}/id/{{{{id}}}}"}
    assert got(desk, "/reconcile/1.0")["view"] == {"url": f"{ORIGIN}/id/{{id}}"}


def test_every_address_that_the_manifest_names_is_served(desk: Desk) -> None:
    manifest = got(desk, "/reconcile")
    services = [*manifest["suggest"].values(), manifest["extend"]["propose_properties"]]
    named = [each["service_url"] + each["service_path"] for each in services]
    named += [
        each["flyout_service_url"] + each["flyout_service_path"].replace("${id}", name)
        for each, name in zip(manifest["suggest"].values(), ("meta", "basedIn", "Company"), strict=True)
    ]
    for address in named:
        path, _, query = address.removeprefix(ORIGIN).partition("?")
        pairs = tuple(tuple(pair.split("=")) for pair in query.split("&") if pair)
        assert answer(desk, path, query=pairs).status == 200
    preview = manifest["preview"]["url"].replace("{{id}}", "meta").removeprefix(ORIGIN).partition("?")
    assert answer(desk, preview[0], query=(("id", "meta"),)).status == 200


def test_the_manifest_is_told_in_the_language_of_the_client(desk: Desk) -> None:
    for path in VERSIONS:
        found = answer(desk, path, language="fr")
        assert found.headers["Content-Language"] == "fr"
        manifest = got(desk, path, language="fr")
        assert manifest["name"] == RECONCILE["fr"]["service"]
        assert {"id": "Company", "name": "entreprise"} in manifest["defaultTypes"]


def test_a_service_that_was_added_in_a_language_goes_on_in_it(desk: Desk) -> None:
    manifest = got(desk, "/reconcile", "fr", lang="fr")
    proposed, preview = manifest["extend"]["propose_properties"], manifest["preview"]
    assert proposed["service_path"].endswith("/extend/properties?lang=fr")
    assert preview["url"].endswith("?id={{id}}&lang=fr")
    for each in manifest["suggest"].values():
        assert each["service_path"].endswith("?lang=fr")
        assert each["flyout_service_path"].endswith("?id=${id}&lang=fr")
    assert "lang=" not in str(got(desk, "/reconcile", "fr"))


def test_both_languages_have_the_same_phrases() -> None:
    assert RECONCILE["en"].keys() == RECONCILE["fr"].keys()


def test_no_route_stands_twice() -> None:
    patterns = [route.pattern for route in ROUTES]
    assert len(set(patterns)) == len(patterns)


def test_the_names_are_read_once_for_a_desk(desk: Desk) -> None:
    assert catalogue_of(desk) is catalogue_of(desk)


# --- candidates as they are sent ---------------------------------------------------------------------------


def test_both_versions_find_the_same(desk: Desk) -> None:
    old = posted(desk, queries={"q0": {"query": "Meta", "type": "Company"}})["q0"]["result"]
    query = {"type": "Company", "conditions": [{"matchType": "name", "propertyValue": "Meta"}]}
    new = sent(desk, "/reconcile/1.0/match", {"queries": [query]})["results"][0]["candidates"]
    for each in new:
        assert all(feature.pop("name") for feature in each["features"])
    assert old == new


def test_a_candidate_says_what_it_is_and_what_it_is_known_for(desk: Desk) -> None:
    found = posted(desk, queries={"q": {"query": "Scale AI", "limit": 1}}, language="fr")["q"]["result"][0]
    assert found["description"] == (
        "entreprise · fondée par\u00a0: Alexandr Wang · basée à\u00a0: San Francisco, Californie, États-Unis"
    )
    assert found["type"][0] == {"id": "Company", "name": "entreprise"}


def test_results_stand_under_the_keys_and_in_the_order_of_their_queries(desk: Desk) -> None:
    names = {"z": "Meta", "a": "Nothing whatever", "": "Apple"}
    found = posted(desk, queries={key: {"query": name} for key, name in names.items()})
    assert list(found) == list(names)
    assert [len(each["result"]) for each in found.values()][1] == 0
    conditions = [{"conditions": [{"matchType": "name", "propertyValue": name}]} for name in names.values()]
    results = sent(desk, "/reconcile/1.0/match", {"queries": conditions})["results"]
    assert [r["candidates"][0]["id"] if r["candidates"] else "" for r in results] == ["meta", "", "apple"]


def test_a_query_may_stand_in_the_address(desk: Desk) -> None:
    batch = got(desk, "/reconcile", queries='{"q0": {"query": "Meta", "limit": 1}}')
    assert [each["id"] for each in batch["q0"]["result"]] == ["meta"]
    assert got(desk, "/reconcile", query="Meta")["result"][0]["id"] == "meta"
    assert got(desk, "/reconcile", query='{"query": "Meta", "limit": 1}')["result"][0]["id"] == "meta"


# --- suggestions -------------------------------------------------------------------------------------------


def suggested(desk: Desk, kind: str, prefix: str, language: str = "en", **more: str) -> list[Parsed]:
    old = got(desk, f"/reconcile/suggest/{kind}", language, prefix=prefix, **more)["result"]
    more = {{"cursor": "offset"}.get(key, key): value for key, value in more.items()}
    new = got(desk, f"/reconcile/1.0/suggest/{kind}", language, prefix=prefix, **more)["result"]
    assert old == new
    assert isinstance(old, list)
    return old


def test_things_are_suggested_by_name_word_id_and_in_spite_of_errors(desk: Desk) -> None:
    for prefix in ("scale a", "SCALE", "scale-ai", "id:scale-ai", "https://w3id.org/dealgraph/id/scale-ai"):
        assert suggested(desk, "entity", prefix)[0]["id"] == "scale-ai"
    assert "alexandr-wang" in [each["id"] for each in suggested(desk, "entity", "wang")]
    assert suggested(desk, "entity", "Zukerberg")[0]["id"] == "mark-zuckerberg"
    assert suggested(desk, "entity", "etats")[0]["id"] == "united-states"
    assert suggested(desk, "entity", "qqqq") == []


def test_a_suggestion_says_what_it_is(desk: Desk) -> None:
    found = suggested(desk, "entity", "Hyperion", "fr")[0]
    assert found["notable"] == [{"id": "DataCenter", "name": "centre de données"}]
    assert found["description"].startswith("centre de données · située à\u00a0: Louisiane")


def test_more_suggestions_follow_on_the_first(desk: Desk) -> None:
    all_ = [each["id"] for each in suggested(desk, "entity", "m", limit="20")]
    assert len(all_) == 20
    assert [each["id"] for each in suggested(desk, "entity", "m", limit="5", cursor="5")] == all_[5:10]


def test_types_are_suggested_in_either_language_with_what_is_wider(desk: Desk) -> None:
    for prefix in ("compan", "entreprise", "Company"):
        found = suggested(desk, "type", prefix)[0]
        assert found["id"] == "Company"
        assert found["broader"] == [{"id": "Organization", "name": "organization"}]
        assert found["description"]


def test_properties_are_suggested_if_some_thing_has_them(desk: Desk) -> None:
    assert suggested(desk, "property", "lei")[0]["id"] == "scheme/lei"
    assert suggested(desk, "property", "founding")[0]["id"] == "foundingDate"
    assert suggested(desk, "property", "date de fond", "fr")[0]["name"] == "date de fondation"
    every = [each["id"] for each in suggested(desk, "property", "", limit="100")]
    assert not {"controls", "realis", "stance", "inArticle", "scheme/ycombinator-x"} & set(every)


def test_a_flyout_is_a_few_words_of_html(desk: Desk) -> None:
    found = got(desk, "/reconcile/flyout/entity", id="meta")
    assert found["id"] == "meta"
    assert found["html"].startswith("<p><strong>Meta</strong></p><p>company")
    assert "<strong>LEI</strong>" in got(desk, "/reconcile/flyout/property", id="scheme/lei")["html"]


# --- the small page ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("path", ["/reconcile/preview", "/reconcile/1.0/preview"])
def test_a_preview_has_facts_with_their_sources_and_nothing_inline(
    desk: Desk, path: str, language: str
) -> None:
    found = answer(desk, path, query=(("id", "hyperion"),), language=language)
    html = found.whole().decode()
    assert f'<html lang="{language}">' in html
    assert "5 GW" in html.replace("\u00a0", " ")
    assert "ARKTechNews" in html
    assert not re.search(r"<script|<style|style=|\son\w+=|https?://", html)
    assert re.findall(r'<link rel="stylesheet" href="([^"]+)">', html) == ["/static/preview.css"]
    assert "frame-ancestors *" in found.headers["Content-Security-Policy"]


def test_a_preview_shows_no_claim_that_is_no_fact(desk: Desk) -> None:
    teller, space = desk.teller("en"), PREFIXES["id"]
    withheld = 0
    for thing in catalogue_of(desk).entities:
        ident = thing.removeprefix(space)
        html = answer(desk, "/reconcile/preview", query=(("id", ident),)).whole().decode()
        lines = re.findall(r'<li><span class="label">(.*?):</span> (.*?) <span class="source">', html)
        assert len(lines) <= 3
        shown = {(label, value) for label, values in lines for value in values.split(", ")}
        claims = desk.evidence.claims(subject=thing)
        told = {claim.iri: (teller.label(claim.predicate), escape(teller.value(claim))) for claim in claims}
        only_said = set(told.values()) - {told[claim.iri] for claim in claims if claim.admitted}
        withheld += len(only_said)
        assert not only_said & shown
    assert withheld > 10


def test_a_thing_of_which_nothing_is_a_fact_has_a_page_that_says_so(desk: Desk) -> None:
    html = answer(desk, "/reconcile/preview", query=(("id", "founder-mode"),)).whole().decode()
    assert "<h1>" in html
