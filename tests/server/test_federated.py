"""One endpoint that the operator names may be asked, and no other."""

from __future__ import annotations

from pathlib import Path

from serving import served

PRICE = "<https://w3id.org/dealgraph/ontology#price>"


def test_the_endpoint_that_is_named_may_be_asked_and_no_other(built: Path, tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()
    with served(built, tmp_path / "one") as outside:
        there = f"{outside.origin}/sparql"
        query = f"SELECT ?deal WHERE {{ ?deal {PRICE} ?price SERVICE <{there}> {{ ?deal {PRICE} ?price }} }}"
        with served(built, tmp_path / "other", "--allow-service", there) as running:
            assert running.get("/health").json()["networkWall"] is False
            answer = running.ask(query, "text/csv")
            assert answer.status_code == 200
            assert answer.text.splitlines()[1:] == ["https://w3id.org/dealgraph/id/deal-meta-scale-ai-2025"]
            assert "etag" not in answer.headers
            for other in (f"{outside.origin}/sparql/", "http://127.0.0.1:9/"):
                refused = running.ask(query.replace(there, other))
                assert refused.status_code == 403
                assert "--allow-service" in refused.text
            hidden = running.ask(query.replace("SERVICE", "SERVICE SILENT"))
            assert hidden.status_code in (400, 403)
        assert outside.ask(query).status_code == 403
