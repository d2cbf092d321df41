import asyncio

from linkwatch import Checker, Response, broken_by_page, summary

ERRORS = {
    "gone": None,
    "closed": ConnectionRefusedError(111, "Connection refused"),
    "nowhere": OSError(-2, "Name or service not known"),
    "slow": TimeoutError(),
}


async def request(url):
    name = url.rpartition("/")[2]
    if ERRORS.get(name):
        raise ERRORS[name]
    return Response(404 if name == "gone" else 200)


def check(*names):
    links = [f"https://www.example/{name}" for name in names]
    return asyncio.run(Checker(request).check_all(links))


def test_summary():
    outcomes = check("home", "gone", "closed", "about").values()
    assert summary(outcomes) == "2 links work; 1 refused; 1 status 404"


def test_summary_of_a_bad_day():
    outcomes = check("home", "slow", "nowhere").values()
    assert summary(outcomes) == "1 links work; 1 timed out; 1 unreachable"


def test_pages_with_broken_links():
    outcomes = check("home", "gone")
    links = {"index": list(outcomes), "team": list(outcomes)[:1]}
    broken = broken_by_page(links, outcomes)
    assert {page: [one.reason for one in those] for page, those in broken.items()} == {
        "index": ["status 404"]
    }


def test_busy_hosts_may_recover():
    outcomes = check("closed", "gone")
    assert [one.may_recover for one in outcomes.values()] == [True, False]
