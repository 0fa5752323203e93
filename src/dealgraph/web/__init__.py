"""What is asked over HTTP and what is answered, without HTTP: pages and the API are made of these.

A *call* is a request, read; an *answer* is a response, not yet sent; a *route* names the function that makes
one of the other. Nothing here knows of sockets, so that everything that answers can be tested by calling it.
"""

from dealgraph.web.answering import Answer, Route, see_other
from dealgraph.web.calling import Call
from dealgraph.web.links import href, local_iri
from dealgraph.web.negotiation import HTML, Offer, choose, without_suffix
from dealgraph.web.problems import problem

__all__ = [
    "HTML",
    "Answer",
    "Call",
    "Offer",
    "Route",
    "choose",
    "href",
    "local_iri",
    "problem",
    "see_other",
    "without_suffix",
]
