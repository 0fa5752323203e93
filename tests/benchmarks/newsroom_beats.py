"""What an article says, beat by beat: each function writes a few claims, and describes the things in them.

The first claims of an article have fixed numbers, so that later articles can correct them.
"""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Final

from newsroom_names import name, slug
from newsroom_page import Figure, How, Page, Words, literal, node, term
from newsroom_story import CORRECTED_AFTER, DOUBTED_AFTER, HUBS, Story, choose, company, day, hub, zipf
from newsroom_times import bounds
from pyoxigraph import NamedNode

PRICE, SHARE, STATUS = 3, 5, 8
"""The numbers of the claims that are corrected later."""

_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_AIMS: Final = tuple(f"lead in {name(500 + n).lower()}" for n in range(12))
_JUDGEMENTS: Final = tuple(f"{name(600 + n).lower()} outlook" for n in range(16))
_TOPICS: Final = tuple(f"{name(700 + n).lower()} computing" for n in range(16))


def thing(text: str) -> NamedNode:
    """Return the thing that a label names."""
    return node(f"id:{slug(text)}")


def deal(story: Story, leg: str = "") -> NamedNode:
    """Return the deal of a story, or one of its legs."""
    return node(f"id:deal-{story.number}{leg and '-'}{leg}")


def stake(story: Story) -> NamedNode:
    return node(f"id:stake-{story.number}")


def same(text: str) -> Words:
    """A proper name, the same in both languages."""
    return text, text


def opening(page: Page, story: Story) -> None:
    """The deal, its price, the stake and the valuation: claims 1 to 6."""
    published, investor, target = day(story.number), thing(story.investor), thing(story.target)
    here = deal(story)
    page.thing(
        here,
        story.kind,
        (f"deal {story.number} on {story.target}", f"opération {story.number} sur {story.target}"),
        investor=investor,
        target=target,
    )
    for leg, kind in (("cash", "CashLeg"), ("equity", "EquityLeg")):
        page.thing(
            deal(story, leg), kind, (f"{leg} of deal {story.number}", f"{leg} de l'opération {story.number}")
        )
    page.thing(
        stake(story),
        "Stake",
        (f"stake of deal {story.number}", f"part de l'opération {story.number}"),
        arisesFrom=here,
        holder=investor,
        issuer=target,
    )
    month = time_span(page, f"{published:%Y-%m}")
    valuation = page.thing(
        node(f"id:valuation-{story.number}"),
        "Valuation",
        (f"valuation by deal {story.number}", f"valorisation par l'opération {story.number}"),
        asOf=month,
        establishedBy=here,
        valuedCompany=target,
    )
    span = time_span(page, published.isoformat())
    page.claim(page.article, "publishedOn", span, ("The page bears its date.", "La page porte sa date."))
    cash = ("Money is paid.", "De l'argent est versé.")
    page.claim(here, "hasLeg", deal(story, "cash"), cash, stance="Confirmed", credit="author-parties")
    words = ("A price is given.", "Un prix est donné.")
    if not story.is_disclosed:
        price = Figure("USDollar", "MoreThan", lower=Decimal(10**6), lower_exclusive=True)
        page.claim(here, "price", price, words, realis="Possible", stance="Reported", credit="chain")
    elif is_price_corrected(story):
        page.claim(here, "price", Figure.about("USDollar", story.price), words, stance="Estimated")
    else:
        page.claim(here, "price", exactly(story), words)
    page.claim(
        here, "hasLeg", deal(story, "equity"), ("Shares change hands.", "Des actions changent de mains.")
    )
    share = Figure.stated("Percent", story.share, Decimal("0.5" if story.share < 100 else "0"))
    words = ("A share of the capital is named.", "Une part du capital est citée.")
    if is_share_corrected(story):
        page.claim(stake(story), "share", share, words, realis="Possible", stance="Reported", credit="chain")
    else:
        page.claim(stake(story), "share", share, words, stance="Confirmed", credit="author-parties")
    amount = Figure.stated("USDollar", story.valuation, Decimal(10**8) / 2)
    page.claim(
        valuation, "valuationAmount", amount, ("A valuation is given.", "Une valorisation est donnée.")
    )


def exactly(story: Story) -> Figure:
    """The price, to half a million dollars."""
    return Figure.stated("USDollar", story.price, Decimal(500_000))


def is_price_corrected(story: Story) -> bool:
    return story.is_disclosed and story.number % 2 == 0


def is_share_corrected(story: Story) -> bool:
    return story.number % 2 == 1


def facility(page: Page, story: Story) -> None:
    """A data centre, planned or running; its status is claim 8."""
    published, owner, here = day(story.number), thing(story.investor), thing(story.facility)
    page.thing(here, "DataCenter", same(story.facility))
    words = ("A data centre is named.", "Un centre de données est nommé.")
    facts: How = {"realis": "Actual" if story.is_operating else "Planned"}
    page.claim(owner, "develops", here, words, **facts)
    status = "OperationalStatus" if story.is_operating else "PlannedStatus"
    page.claim(here, "lifecycleStatus", term(f"dg:{status}"), ("How far it is.", "Où il en est."), **facts)
    place = thing(story.city)
    page.claim(here, "sitedIn", place, ("The site is named.", "Le site est nommé."), **facts)
    power = Decimal(story.number % 40 + 1) / 10
    words = ("A capacity is given.", "Une capacité est donnée.")
    one = page.claim_at(page.claims + 1)
    other = page.claim_at(page.claims + 2)
    least = Figure.stated("Gigawatt", power, Decimal("0.05"))
    page.claim(here, "designCapacity", least, words, conflictsWith=other, **facts)
    most = Figure.stated("Gigawatt", power * 2, Decimal("0.05"))
    guess: How = {**facts, "stance": "Estimated"}
    page.claim(here, "designCapacity", most, words, conflictsWith=one, **guess)
    if story.is_operating:
        began = time_span(page, f"{published.year}")
        page.claim(here, "operatedBy", owner, ("It is run by its builder.", "Son bâtisseur l'exploite."))
        page.claim(here, "commissionedOn", began, ("It has begun to work.", "Il est en service."))
    else:
        ahead = time_span(page, f"{2030 + story.number % 10}")
        words = ("A year is expected.", "Une année est attendue.")
        page.claim(here, "expectedCommissioning", ahead, words, realis="Expected")


def newcomer(page: Page, story: Story) -> None:
    """A company that was not heard of before: founder, head, seat, rivals."""
    target, founder = thing(story.target), thing(story.founder)
    page.thing(target, "Company", same(story.target))
    page.thing(founder, "Person", same(story.founder))
    tenure = page.thing(
        node(f"id:tenure-{story.number}"),
        "Tenure",
        (f"{story.founder} at {story.target}", f"{story.founder} chez {story.target}"),
        tenureOf=founder,
        tenureAt=target,
    )
    founded = time_span(page, f"{story.founded}")
    page.claim(target, "foundedBy", founder, ("The founder is named.", "Le fondateur est nommé."))
    page.claim(target, "foundingDate", founded, ("The year of the founding.", "L'année de la fondation."))
    page.claim(target, "basedIn", thing(story.city), ("The seat is named.", "Le siège est nommé."))
    page.claim(tenure, "role", term("dg:HeadRole"), ("The founder heads it.", "Le fondateur la dirige."))
    page.claim(tenure, "started", founded, ("Since the founding.", "Depuis la fondation."))
    words = ("It is not listed.", "Elle n'est pas cotée.")
    page.claim(target, "listingStatus", term("dg:PubliclyListed"), words, polarity="Negative")
    if story.kind == "TalentDeal":
        moved(page, story)


def moved(page: Page, story: Story) -> None:
    """The founder goes over to the investor."""
    target, founder, investor = thing(story.target), thing(story.founder), thing(story.investor)
    leg = page.thing(
        deal(story, "people"),
        "PersonnelLeg",
        (f"people of deal {story.number}", f"personnes de l'opération {story.number}"),
        fromOrganization=target,
        toOrganization=investor,
    )
    tenure = page.thing(
        node(f"id:tenure-{story.number}-after"),
        "Tenure",
        (f"{story.founder} at {story.investor}", f"{story.founder} chez {story.investor}"),
        tenureOf=founder,
        tenureAt=investor,
    )
    page.claim(deal(story), "hasLeg", leg, ("People move with it.", "Des personnes suivent."))
    several = Figure("Count", "OrderOfMagnitude", Decimal(20), None, Decimal(100), upper_exclusive=True)
    page.claim(
        leg, "headcount", several, ("Dozens are expected.", "Des dizaines sont attendues."), realis="Expected"
    )
    start = time_span(page, f"{day(story.number):%Y-%m}")
    page.claim(tenure, "started", start, ("The founder has gone over.", "Le fondateur est passé."))


def surroundings(page: Page, story: Story, chance: Random) -> None:
    """Rivals and partners of both sides, from where staff is sought, on which weekday it was announced."""
    target, investor = thing(story.target), thing(story.investor)
    known = HUBS + story.number - 1  # but for the first, which is in enough articles already
    others = [thing(company(story.seed, 1 + zipf(chance, known))) for _ in range(4)]
    if story.number < HUBS:
        others = [thing(hub(chance.randrange(story.number + 1))) for _ in range(4)]
    rival, partner, *sought = others
    words = ("They compete.", "Ils sont rivaux.")
    if rival != target:
        page.claim(target, "competitorOf", rival, words)
    if partner != investor:
        page.claim(investor, "partnerOf", partner, ("They work together.", "Ils travaillent ensemble."))
    shared = page.passage()
    for other in sorted({o.value for o in sought} - {investor.value}):
        words = ("Staff is sought there, too.", "On y recrute aussi.")
        page.claim(investor, "recruitsFrom", NamedNode(other), words, passage=shared, openList=literal(True))
    weekday = term(f"dg:{_WEEKDAYS[chance.randrange(7)]}")
    words = ("The weekday is printed.", "Le jour de la semaine est imprimé.")
    page.claim(deal(story), "announcedOnWeekday", weekday, words)


def talk(page: Page, story: Story, chance: Random) -> None:
    """What is no fact: opinions, goals, possibilities, conditions; and what is left out."""
    investor, here = thing(story.investor), deal(story)
    for pool, kind in ((_JUDGEMENTS, "Judgement"), (_AIMS, "Aim"), (_TOPICS, "Topic")):
        text, is_new = choose(chance, pool, story.number)
        spoken_of = thing(text)
        if is_new:
            page.thing(spoken_of, kind, (text, f"{text} (fr)"))
        if kind == "Judgement":
            words = ("The author takes a view.", "L'auteur donne son avis.")
            page.claim(investor, "assessedAs", spoken_of, words, stance="Opinion")
            page.claim(here, "hasEffect", spoken_of, words, realis="Possible", stance="Opinion")
        elif kind == "Aim":
            words = ("That is what it is for.", "C'est ce qui est visé.")
            page.claim(here, "hasGoal", spoken_of, words, realis="Goal")
        else:
            words = ("It draws on that.", "Elle s'appuie là-dessus.")
            page.claim(
                here, "mobilises", spoken_of, words, realis="Hypothetical", conditionedOn=page.claim_at(2)
            )
    omission = node(f"omission:{page.slug}-1")
    page.say(omission, "rdf:type", term("dg:Omission"))
    page.say(omission, "dg:passage", page.passage())
    page.words(
        omission,
        "dg:omissionReason",
        ("It says nothing of a deal.", "Il n'y est question d'aucune opération."),
    )


def money(page: Page, story: Story) -> None:
    """A plan of the investor and an offer to staff, the figures of which do not meet."""
    investor = thing(story.investor)
    year = time_span(page, f"{day(story.number).year}")
    plan = page.thing(
        node(f"id:plan-{story.number}"),
        "SpendingPlan",
        (f"plan {story.number}", f"plan n° {story.number}"),
        plannedBy=investor,
        period=year,
    )
    words = ("An amount is planned.", "Un montant est prévu.")
    amount = Figure.about("USDollar", story.valuation * 3)
    page.claim(plan, "plannedAmount", amount, words, realis="Planned", stance="Estimated")
    offer = page.thing(
        node(f"id:offer-{story.number}"),
        "CompensationOffer",
        (f"offer {story.number}", f"offre n° {story.number}"),
        offeredBy=investor,
    )
    words = ("Pay of up to a sum.", "Une paie plafonnée.")
    most = Figure("USDollar", "UpTo", upper=Decimal(story.number % 90 + 10) * 10**6)
    page.claim(
        offer, "compensation", most, words, stance="Reported", credit="chain", creditPassage=page.passage()
    )
    approached = thing(story.founder)
    words = ("Said to have been approached.", "Aurait été approché.")
    page.claim(investor, "approached", approached, words, stance="Alleged", credit="author-insiders")


def model(page: Page, story: Story, chance: Random) -> None:
    """A model of the company, released in a month whose year is left out."""
    label = f"{name(HUBS + story.base.number)}-{story.number}"
    here = page.thing(thing(label), "AIModel", same(label))
    month = time_span(page, f"XXXX-{1 + story.number % 12:02}")
    page.claim(here, "developedBy", thing(story.target), ("Its maker is named.", "Son créateur est nommé."))
    page.claim(here, "releasedOn", month, ("Its month is named.", "Son mois est nommé."))
    if story.number >= len(_JUDGEMENTS):
        view = thing(_JUDGEMENTS[zipf(chance, len(_JUDGEMENTS))])
        page.claim(here, "receivedAs", view, ("How it was received.", "Son accueil."), stance="Opinion")


def age(page: Page, story: Story, number: int) -> None:
    """How old the founder is on the day of the article of a number."""
    today, born = day(number), story.born
    years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    here = page.thing(
        node(f"id:age-{story.number}-{number}"),
        "AgeObservation",
        (f"age of {story.founder}, {number}", f"âge de {story.founder}, {number}"),
        ageOf=thing(story.founder),
        asOf=time_span(page, today.isoformat()),
    )
    figure = Figure(
        "Year", "AsStated", Decimal(years), Decimal(years), Decimal(years + 1), upper_exclusive=True
    )
    page.claim(here, "age", figure, ("An age is printed.", "Un âge est imprimé."))


def growth(page: Page, story: Story) -> None:
    """By how much the company is worth more, or less, than at its first deal."""
    multiple = (story.valuation / story.base.valuation).quantize(Decimal("0.01")) + Decimal("0.01")
    words = ("A multiple is named.", "Un multiple est cité.")
    page.claim(deal(story), "multipliesValuationBy", Figure.about("Ratio", multiple), words)


def correction(page: Page, number: int, seed: int) -> None:
    """What an article three numbers earlier said is refined or superseded."""
    story = Story(seed, number - CORRECTED_AFTER)
    choice: How = {"rank": "Preferred", "stance": "Confirmed", "credit": "author-parties"}
    reason = ("The parties have said so since.", "Les parties l'ont dit depuis.")
    changes: list[NamedNode] = []
    words = ("The figure is made exact.", "Le chiffre est précisé.")
    if is_price_corrected(story):
        earlier = page.claim_at(PRICE, story.slug)
        changes.append(page.claim(deal(story), "price", exactly(story), words, refines=earlier, **choice))
    if is_share_corrected(story):
        earlier = page.claim_at(SHARE, story.slug)
        share = Figure.stated("Percent", story.share, Decimal("0.5" if story.share < 100 else "0"))
        changes.append(page.claim(stake(story), "share", share, words, supersedes=earlier, **choice))
    if story.has_facility and not story.is_operating:
        earlier, status = page.claim_at(STATUS, story.slug), term("dg:UnderConstructionStatus")
        words = ("Building has begun.", "Le chantier est ouvert.")
        here = thing(story.facility)
        changes.append(page.claim(here, "lifecycleStatus", status, words, supersedes=earlier, **choice))
    for claim in changes:
        page.words(claim, "dg:rankReason", reason)


def doubt(page: Page, number: int, seed: int) -> None:
    """Unnamed people give another price than the one that was printed."""
    story = Story(seed, number - DOUBTED_AFTER)
    other = Figure.stated("USDollar", story.price * 3, Decimal(500_000))
    words = ("Another figure goes about.", "Un autre chiffre circule.")
    page.claim(deal(story), "price", other, words, stance="Reported", credit="author-insiders")


def memory(page: Page, number: int, seed: int) -> None:
    """The deal of half the number is recalled, with its price and the founder's age, and ranked by size."""
    old, new = Story(seed, number // 2), Story(seed, number)
    if old.is_disclosed:
        words = ("The old price is recalled.", "L'ancien prix est rappelé.")
        page.claim(deal(old), "price", exactly(old), words, credit="author")
    character = term("dg:StakePurchaseCharacter")
    page.claim(deal(old), "characterisedAs", character, ("What it was.", "Sa nature."))
    if old.is_first:
        age(page, old, number)
    if number % 10 == 2:  # then the old price was never told
        ranked(page, old, new)


def ranked(page: Page, old: Story, new: Story) -> None:
    """Two deals in the order of their size."""
    number = new.number
    ranking = page.thing(
        node(f"id:ranking-{number}"),
        "Ranking",
        (f"ranking {number}", f"classement n° {number}"),
        asOf=time_span(page, day(number).isoformat()),
        criterion=term("dg:DealSize"),
        rankedFor=thing(new.investor),
    )
    by_size = sorted((old, new), key=lambda story: story.price, reverse=True)
    for position, story in enumerate(by_size, 1):
        entry = page.thing(
            node(f"id:ranking-{number}-{position}"),
            "RankingEntry",
            (f"entry {position} of {number}", f"rang {position} de {number}"),
            inRanking=ranking,
            ranked=deal(story),
        )
        words = ("A place among them.", "Une place parmi elles.")
        page.claim(entry, "position", literal(position), words)


def time_span(page: Page, text: str) -> NamedNode:
    """Describe a year, a month, a day, or a month whose year is not known."""
    here = node(f"time:{text}")
    days = {name: literal(each.isoformat(), "xsd:date") for name, each in bounds(text).items()}
    return page.thing(here, "TimeSpan", None, edtf=literal(text, "edtf:EDTF"), **days)
