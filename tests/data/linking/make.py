"""Make the labelled set and its extracts from the whole data: `python tests/data/linking/make.py DATA`.

How each label is known is said in README.md beside this file. What is taken is chosen by identifiers and
remainders of numbers, never by a score.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

HERE = Path(__file__).parent
SEC = "https://www.sec.gov/cgi-bin/browse-edgar?action=getcompany&CIK="
OURS = "https://w3id.org/dealgraph/id/"
EPOCH = "https://w3id.org/dealgraph/outside/epoch-data-center/"
ROR_KEYS = ("id", "name", "aliases", "types", "status", "established", "locations", "external_ids")
Row = dict[str, str]
Pair = tuple[str, str, str, str, str, str, str, str]

# By hand: our thing, the source, the candidate, the label, the sort, how it is known.
BY_HAND = (
    ("meta", "sec", f"{SEC}0001326801", "match", "plain", "CIK in S&P 500 and SEC"),
    ("meta", "sec", f"{SEC}0001722380", "not", "homonym", "CIK of another company"),
    ("meta", "sec", f"{SEC}0001431959", "not", "homonym", "CIK of another company"),
    ("meta-bare", "sec", f"{SEC}0001326801", "match", "plain", "CIK in S&P 500 and SEC"),
    ("meta-bare", "sec", f"{SEC}0001722380", "not", "homonym", "CIK of another company"),
    ("meta-bare", "sec", f"{SEC}0001431959", "not", "homonym", "CIK of another company"),
    ("meta", "ror", "https://ror.org/01zbnvs85", "match", "plain", "QID Q380 in ROR"),
    ("meta", "ror", "https://ror.org/020ye1821", "not", "branch", "child of the match in ROR"),
    ("meta", "ror", "https://ror.org/02388em19", "not", "branch", "child of the match in ROR"),
    ("facebook", "ror", "https://ror.org/01zbnvs85", "match", "former name", "QID Q380 in ROR"),
    ("facebook", "ror", "https://ror.org/020ye1821", "not", "branch", "child of the match in ROR"),
    ("scale-ai", "ror", "", "none", "absent", "no record of that name in ROR"),
    ("scale-ai", "sec", "", "none", "absent", "not listed"),
    ("google", "ror", "https://ror.org/00njsd438", "match", "plain", "QID Q95 in ROR"),
    (
        "google",
        "ror",
        "https://ror.org/00971b260",
        "not",
        "subsidiary",
        "QID Q15733006 in ROR, parent Alphabet",
    ),
    ("google", "ror", "https://ror.org/03weg0b71", "not", "branch", "child of the match in ROR"),
    ("google-deepmind", "ror", "https://ror.org/00971b260", "match", "plain", "QID Q15733006 in ROR"),
    ("google-deepmind", "ror", "https://ror.org/00njsd438", "not", "subsidiary", "QID Q95 in ROR"),
    ("google", "sec", "", "none", "absent", "listed as Alphabet only"),
    ("hyperion", "ror", "https://ror.org/039fsvq67", "not", "homonym", "a materials company"),
    (
        "hyperion",
        "epoch-data-centers",
        f"{EPOCH}Meta_Hyperion_Holly_Ridge_Louisiana",
        "match",
        "plain",
        "address",
    ),
    (
        "hyperion",
        "epoch-data-centers",
        f"{EPOCH}Meta_Prometheus_New_Albany_Ohio",
        "not",
        "homonym",
        "address",
    ),
    (
        "prometheus",
        "epoch-data-centers",
        f"{EPOCH}Meta_Prometheus_New_Albany_Ohio",
        "match",
        "plain",
        "address",
    ),
    ("prometheus", "epoch-data-centers", f"{EPOCH}Google_New_Albany_Ohio", "not", "homonym", "owner"),
    (
        "stargate",
        "epoch-data-centers",
        f"{EPOCH}OpenAI-Oracle_Stargate_Abilene_Texas",
        "match",
        "plain",
        "address",
    ),
    (
        "stargate",
        "epoch-data-centers",
        f"{EPOCH}OpenAI-Oracle_Stargate_Abu_Dhabi",
        "not",
        "homonym",
        "address",
    ),
    (
        "new-albany-ohio",
        "geonames-cities",
        "https://sws.geonames.org/4262045/",
        "not",
        "homonym",
        "in Indiana",
    ),
    (
        "san-francisco",
        "geonames-cities",
        "https://sws.geonames.org/5391959/",
        "match",
        "plain",
        "GeoNames id",
    ),
    ("menlo-park", "geonames-cities", "https://sws.geonames.org/5372223/", "match", "plain", "GeoNames id"),
    ("ohio", "geonames-regions", "https://sws.geonames.org/5165418/", "match", "plain", "GeoNames id"),
    (
        "georgia-state",
        "geonames-regions",
        "https://sws.geonames.org/4197000/",
        "match",
        "plain",
        "GeoNames id",
    ),
    ("apple", "sec", f"{SEC}0000320193", "match", "plain", "CIK in S&P 500 and SEC"),
)


def main(data: Path) -> None:
    """Write pairs.csv and the extracts beside this file."""
    pairs: list[Pair] = [("ours.yaml", f"{OURS}{row[0]}", *row[1:5], "", row[5]) for row in BY_HAND]
    pairs += sec_pairs(data)
    pairs += ror_pairs(data)
    pairs += city_pairs(data)
    pairs += state_pairs(data)
    columns = ("things", "thing", "candidates", "candidate", "label", "sort", "hide", "how")
    write_csv(HERE / "pairs.csv", columns, sorted(set(pairs)))
    extract(data, pairs)


def read_csv(path: Path) -> list[Row]:
    """Read a table."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def first_word(name: str) -> str:
    """The first word of a name that is more than an article or initials."""
    words = [word for word in re.findall(r"\w+", name.casefold()) if len(word) > 2 and word != "the"]
    return words[0] if words else ""


def cik(number: str | int) -> str:
    """The IRI of a CIK."""
    return f"{SEC}{int(number):010d}"


def sec_pairs(data: Path) -> Iterator[Pair]:
    """The same CIK is a match; the same first word with another CIK is none."""
    titles = {
        int(r["cik_str"]): r["title"]
        for r in json.loads((data / "sec_company_tickers.json").read_text()).values()
    }
    alike: defaultdict[str, list[int]] = defaultdict(list)
    for number, title in sorted(titles.items()):
        alike[first_word(title)].append(number)
    for row in read_csv(data / "sp500_constituents.csv"):
        number = int(row["CIK"])
        same = number in titles and first_word(row["Security"]) == first_word(titles[number])
        if number in titles and (number % 4 == 0 or not same):
            sort = "plain" if same else "other name"
            yield ("sp500", cik(number), "sec", cik(number), "match", sort, "sec-cik", "same CIK")
            for other in [n for n in alike[first_word(row["Security"])] if n != number][:2]:
                yield ("sp500", cik(number), "sec", cik(other), "not", "homonym", "sec-cik", "another CIK")


def ror_records(data: Path) -> list[dict[str, Any]]:
    """The records of ROR that stand."""
    lines = (data / "ror_companies.jsonl").read_text(encoding="utf-8").splitlines()
    return [record for record in map(json.loads, lines) if record["status"] != "withdrawn"]


def article(record: dict[str, Any]) -> str:
    """The title of the English article that a record of ROR names, without what stands in brackets."""
    address = str(record["links"].get("wikipedia") or "")
    title = unquote(address.rpartition("/wiki/")[2]).replace("_", " ") if "//en." in address else ""
    return re.sub(r"\s*\(.*\)$", "", title).casefold()


def ror_pairs(data: Path) -> Iterator[Pair]:
    """An article of the company's name and no parent make a match; the children of that are none."""
    records = ror_records(data)
    by_article: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for record in records:
        by_article[article(record)].append(record)
    for row in read_csv(data / "sp500_constituents.csv"):
        name = re.sub(r"\s*\(Class \w\)$", "", row["Security"]).casefold()
        found = by_article.get(name, [])
        abroad = row["Headquarters Location"].rpartition(", ")[2] in {"Ireland", "Switzerland", "Netherlands"}
        heads = [
            r
            for r in found
            if not parents(r) and in_us(r) and not abroad and r["name"] != "Textron Systems (United States)"
        ]
        if len(heads) != 1:
            continue
        yield (
            "sp500",
            cik(row["CIK"]),
            "ror",
            heads[0]["id"],
            "match",
            "plain",
            "sec-cik",
            "same article, no parent",
        )
        for branch in [r for r in records if heads[0]["id"] in parents(r)][:3]:
            yield (
                "sp500",
                cik(row["CIK"]),
                "ror",
                branch["id"],
                "not",
                "branch",
                "sec-cik",
                "child of the match in ROR",
            )


def parents(record: dict[str, Any]) -> set[str]:
    """The parents of a record of ROR."""
    return {each["id"] for each in record["relationships"] if each["type"] == "parent"}


def in_us(record: dict[str, Any]) -> bool:
    """Whether a record of ROR is in the United States."""
    return any(place["country_code"] == "US" for place in record["locations"])


def city_pairs(data: Path) -> Iterator[Pair]:
    """The same GeoNames id is a match; the same name with another id is none."""
    cities = {row["geonameid"]: row for row in read_csv(data / "world_cities.csv")}
    same: defaultdict[str, list[str]] = defaultdict(list)
    for number, row in cities.items():
        same[row["name"].casefold()].append(number)
    for row in read_csv(data / "naturalearth_50m_places.csv"):
        number = row["geonameid"]
        if number in cities and int(number) % 12 == 0:
            iri = f"https://sws.geonames.org/{number}/"
            sort = "plain" if cities[number]["name"].casefold() == row["name"].casefold() else "other name"
            how = ("geonames", "same GeoNames id")
            yield ("natural-earth.yaml", iri, "geonames-cities", iri, "match", sort, *how)
            for other in [n for n in same[row["name"].casefold()] if n != number][:2]:
                against = f"https://sws.geonames.org/{other}/"
                yield (
                    "natural-earth.yaml",
                    iri,
                    "geonames-cities",
                    against,
                    "not",
                    "homonym",
                    "geonames",
                    "another id",
                )


def state_pairs(data: Path) -> Iterator[Pair]:
    """The same GeoNames id is a match."""
    for row in read_csv(data / "naturalearth_110m_us_states.csv"):
        iri = f"https://sws.geonames.org/{row['geonames_id']}/"
        yield ("states.yaml", iri, "geonames-regions", iri, "match", "plain", "geonames", "same GeoNames id")


def extract(data: Path, pairs: Sequence[Pair]) -> None:
    """Keep what the pairs need, and others for them to be found among."""
    needed = {pair[i] for pair in pairs for i in (1, 3)}
    tickers = json.loads((data / "sec_company_tickers.json").read_text()).values()
    kept = [r for r in tickers if cik(r["cik_str"]) in needed or int(r["cik_str"]) % 12 == 1]
    lines = ",\n".join(f'"{i}":{json.dumps(r, ensure_ascii=False)}' for i, r in enumerate(kept))
    (HERE / "sec_company_tickers.json").write_text(f"{{{lines}}}\n", encoding="utf-8")
    records = [r for r in ror_records(data) if r["id"] in needed or int(r["id"][-2:]) % 16 == 1]
    with (HERE / "ror_companies.jsonl").open("w", encoding="utf-8") as file:
        for record in records:
            short = {key: record[key] for key in ROR_KEYS}
            file.write(json.dumps(short, ensure_ascii=False, separators=(",", ":")) + "\n")
    geonames = {match[1] for iri in needed if (match := re.search(r"geonames\.org/(\d+)/", iri))}
    for name, key, every in (
        ("world_cities.csv", "geonameid", 24),
        ("naturalearth_50m_places.csv", "geonameid", 0),
        ("naturalearth_110m_us_states.csv", "geonames_id", 0),
        ("sp500_constituents.csv", "CIK", 0),
    ):
        rows = read_csv(data / name)
        chosen = [r for r in rows if _wanted(r[key], geonames, needed, every)]
        write_csv(HERE / name, list(rows[0]), [list(r.values()) for r in chosen])
    admin = (data / "geonames_admin1CodesASCII.txt").read_text(encoding="utf-8").splitlines()
    chosen_lines = [x for x in admin if x.rsplit("\t")[-1] in geonames or int(x.rsplit("\t")[-1]) % 8 == 0]
    (HERE / "geonames_admin1CodesASCII.txt").write_text("\n".join(chosen_lines) + "\n", encoding="utf-8")
    centers = read_csv(data / "epoch_dc_data_centers.csv")
    shown = ("Handle", "Title", "Address", "Owner")
    write_csv(HERE / "epoch_dc_data_centers.csv", shown, [[row[key] for key in shown] for row in centers])


def _wanted(number: str, geonames: set[str], needed: set[str], every: int) -> bool:
    if not number.isdecimal():
        return False
    return number in geonames or cik(number) in needed or bool(every and int(number) % every == 1)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
