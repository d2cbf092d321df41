import asyncio
import socket
import ssl

import pytest
from linkwatch import Checker, Outcome, Response

URL = "https://www.example/"


def outcome(error):
    async def request(url):
        raise error

    return asyncio.run(Checker(request).check(URL))


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (TimeoutError(), "timed out"),
        (TimeoutError(110, "Connection timed out"), "timed out"),
        (OSError(113, "No route to host"), "unreachable"),
        (OSError("something"), "unreachable"),
        (ConnectionResetError(), "unreachable"),
        (socket.gaierror(-2, "Name or service not known"), "unreachable"),
        (ConnectionRefusedError(), "refused"),
        (ssl.SSLError("unknown"), "bad certificate"),
        (ssl.SSLCertVerificationError("self-signed"), "bad certificate"),
        (ValueError("no scheme"), "not a link"),
        (UnicodeError("label too long"), "not a link"),
    ],
)
def test_reasons(error, reason):
    assert outcome(error) == Outcome(URL, reason)


@pytest.mark.parametrize(
    ("error", "may"),
    [(TimeoutError(), True), (ConnectionRefusedError(), True), (OSError(5, "I/O"), False)],
)
def test_worth_another_try(error, may):
    assert outcome(error).may_recover is may


def test_a_real_timeout():
    async def request(url):
        async with asyncio.timeout(0):
            await asyncio.Event().wait()

    assert asyncio.run(Checker(request).check(URL)).reason == "timed out"


def test_other_errors_are_not_the_links_fault():
    with pytest.raises(ZeroDivisionError):
        outcome(ZeroDivisionError())


def test_busy():
    async def request(url):
        return Response(503)

    found = asyncio.run(Checker(request).check(URL))
    assert found == Outcome(URL, "status 503")
    assert found.may_recover
