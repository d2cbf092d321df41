import asyncio

from linkwatch import Checker, Outcome, Response


class Web:
    """Pages that answer after the other tasks had their turn."""

    def __init__(self, **statuses):
        self.statuses = statuses
        self.asked = []

    async def request(self, url):
        self.asked.append(url)
        for _ in range(3):
            await asyncio.sleep(0)
        return Response(self.statuses.get(url.rpartition("/")[2], 200))


def test_outcomes():
    web = Web(gone=404)
    links = ["https://a.example/here", "https://a.example/gone"]
    outcomes = asyncio.run(Checker(web.request).check_all(links))
    assert outcomes == {links[0]: Outcome(links[0]), links[1]: Outcome(links[1], "status 404")}


def test_checked_before():
    web = Web()

    async def run():
        checker = Checker(web.request)
        await checker.check("https://a.example/faq")
        await checker.check("https://a.example/faq#prices")

    asyncio.run(run())
    assert web.asked == ["https://a.example/faq"]


def test_a_link_on_many_pages_is_requested_once():
    web = Web()
    links = [f"https://a.example/faq#{part}" for part in ("prices", "terms", "contact")]
    outcomes = asyncio.run(Checker(web.request).check_all(links))
    assert all(outcome.works for outcome in outcomes.values())
    assert web.asked == ["https://a.example/faq"]
