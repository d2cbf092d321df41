import asyncio

from linkwatch import Checker, Response


def test_redirects():
    async def request(url):
        return Response(301, "https://b.example/") if "a.example" in url else Response(200)

    assert asyncio.run(Checker(request).check("https://a.example/")).works
