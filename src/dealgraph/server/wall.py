"""What a worker process is kept from by the system: the network, and more memory than it may have.

The check of the text (`stored.remote`) is the first wall; this is the second, for what nobody has thought
of. It can be put up on Linux only; elsewhere `shut_network` says so by returning `False`.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import socket
import sys
from typing import Final

_SECCOMP: Final = {"x86_64": (0xC000003E, 41, 425), "aarch64": (0xC00000B7, 198, 425)}
"""By machine: the name of its architecture in the kernel, and its calls `socket` and `io_uring_setup`."""

_PR_SET_NO_NEW_PRIVS: Final = 38
_PR_SET_SECCOMP: Final = 22
_SECCOMP_MODE_FILTER: Final = 2
_LOAD: Final = 0x20
_EQUAL: Final = 0x15
_AT_LEAST: Final = 0x35
_RETURN: Final = 0x06
_ALLOW: Final = 0x7FFF0000
_REFUSE: Final = 0x00050000 | errno.EPERM
_X32: Final = 0x40000000
_CALL, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16


class _Instruction(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_ushort),
        ("if_true", ctypes.c_ubyte),
        ("if_false", ctypes.c_ubyte),
        ("value", ctypes.c_uint),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.POINTER(_Instruction)))


def shut_network() -> bool:
    """Keep this process, and all that it starts, from opening a connection; `False` where that is impossible.

    Sockets of the machine itself (`AF_UNIX`) stay allowed. There is no way back.
    Source: seccomp(2), with a filter of classic BPF.
    """
    machine = _SECCOMP.get(platform.machine())
    if sys.platform != "linux" or machine is None:
        return False
    architecture, socket_call, ring_call = machine
    rules = (
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 0, 8, architecture),
        (_LOAD, 0, 0, _CALL),
        (_AT_LEAST, 6, 0, _X32),
        (_EQUAL, 5, 0, ring_call),
        (_EQUAL, 0, 3, socket_call),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_EQUAL, 2, 0, socket.AF_INET),
        (_EQUAL, 1, 0, socket.AF_INET6),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    )
    filter_ = (_Instruction * len(rules))(*(_Instruction(*rule) for rule in rules))
    program = _Program(len(rules), filter_)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) == 0)


def limit_memory(more: int) -> None:
    """Allow this process so many bytes beyond what it has now; what asks for more ends it, or fails.

    Where the system has no such limit nothing happens.
    """
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if (now := address_space()) and more:
            resource.setrlimit(resource.RLIMIT_AS, (now + more, now + more))
    except (ImportError, OSError, ValueError):
        return


def address_space() -> int:
    """Return how many bytes of addresses this process has, or 0 where that cannot be told."""
    return _pages(0)


def resident() -> int:
    """Return how many bytes of memory this process fills, or 0 where that cannot be told."""
    return _pages(1)


def _pages(field: int) -> int:
    try:
        with open("/proc/self/statm", "rb") as told:  # noqa: PTH123 - read after each answer
            return int(told.read().split()[field]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError, ValueError):
        return 0
