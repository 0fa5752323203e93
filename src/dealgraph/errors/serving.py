"""What a client of a server can cause, and what a server can meet."""

from __future__ import annotations

from dealgraph.errors.family import DealgraphError


class OutOfTime(DealgraphError):
    """An answer took longer than the server allows, and was stopped."""

    exit_code = 60
    http_status = 504


class OutOfMemory(DealgraphError):
    """An answer needed more memory than the server allows, and was stopped."""

    exit_code = 61
    http_status = 507


class ResultTooLarge(DealgraphError):
    """An answer is larger than the server allows, and was stopped."""

    exit_code = 62
    http_status = 413


class RequestTooLarge(DealgraphError):
    """A request is larger than the server reads."""

    exit_code = 63
    http_status = 413


class TooBusy(DealgraphError):
    """The server has as much to do as it takes on; a later try may succeed."""

    exit_code = 64
    http_status = 503


class TooManyRequests(DealgraphError):
    """One client asks more often than the server allows."""

    exit_code = 65
    http_status = 429


class ReadOnly(DealgraphError):
    """A request would change what only files and their build may change."""

    exit_code = 66
    http_status = 403


class WrongMedia(DealgraphError):
    """The body of a request is of a type that is not read there."""

    exit_code = 67
    http_status = 415


class WrongMethod(DealgraphError):
    """A path is there, but not for this method of HTTP."""

    exit_code = 68
    http_status = 405


class NoSuchPage(DealgraphError):
    """Nothing is served under a path."""

    exit_code = 69
    http_status = 404


class Unbound(DealgraphError):
    """A server cannot listen where it was told to."""

    exit_code = 70
    http_status = 503


class WorkerLost(DealgraphError):
    """What was to answer has ended without an answer, for a reason of its own."""

    exit_code = 71
    http_status = 500


class BatchTooLarge(DealgraphError):
    """More is asked at once than one request may ask."""

    exit_code = 72
    http_status = 413
