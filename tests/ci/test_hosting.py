"""Pull requests and reviews, against stand-ins for GitHub and GitLab that check every call, and a
real git remote."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from repairlsp.ci.hosting.api import HostError, _rate_limit
from repairlsp.ci.hosting.github import GitHub
from repairlsp.ci.hosting.gitlab import GitLab
from repairlsp.ci.hosting.host import Host
from repairlsp.ci.hosting.publish import Done, Proposal, key_of, publish
from repairlsp.ci.hosting.push import Remote
from repairlsp.ci.hosting.review import review
from repairlsp.ci.hosting.suggestions import Suggestion, suggestions
from repairlsp.ci.hosting.texts import body_of, title_of
from repairlsp.ci.repository import Repository
from repairlsp.ci.worktree import worktree
from repairlsp.types import Edit, LineSpan
from tests.ci import stand_in
from tests.ci.repositories import commit, git, repository
from tests.ci.stand_in import TOKEN, Answer, Fault, serving

SOURCE = "".join(f"line {number}\n" for number in range(1, 31))
FIX = """\
--- a/shop.py
+++ b/shop.py
@@ -4,3 +4,3 @@
 line 4
-line 5
+LINE 5
 line 6
@@ -19,3 +19,4 @@
 line 19
 line 20
+line 20a
 line 21
"""
# The pull request shows lines 2 to 8, of which it changed line 5.
SHOWN = """\
--- a/shop.py
+++ b/shop.py
@@ -2,7 +2,7 @@
 line 2
 line 3
 line 4
-line five
+line 5
 line 6
 line 7
 line 8
"""


class Scene:
    """A clone of a remote, the fix's commit in it, and a host that answers."""

    def __init__(self, folder: Path, there: stand_in.Repository, host: Host) -> None:
        self.there, self.host, self.pauses = there, host, list[float]()
        seed = repository(folder / "seed", {"shop.py": SOURCE})
        self.remote = folder / "remote.git"
        git(folder, "clone", "--quiet", "--bare", str(seed), str(self.remote))
        self.clone = folder / "clone"
        git(folder, "clone", "--quiet", str(self.remote), str(self.clone))
        self.repository = Repository(self.clone)

    def proposal(self, line: str = "LINE 5", branch: str = "repairlsp/fix-main") -> Proposal:
        base = self.repository.commit("HEAD")
        with worktree(self.repository, base, keep_objects=True) as tree:
            tip = tree.commit([Edit("shop.py", LineSpan(5, 6), (line,))], "Fix shop.py\n")
        key = key_of(self.repository.diff(base, tip))
        return Proposal(base, tip, branch, "main", "Fix shop.py", f"It is {line}.\n", key)

    def publish(self, proposal: Proposal, limit: int = 3) -> Done:
        remote = Remote(self.repository, self.host.credentials())
        return publish(proposal, remote, self.host, limit)

    def tip(self, branch: str = "repairlsp/fix-main") -> str:
        return git(self.remote, "for-each-ref", "--format=%(objectname)", f"refs/heads/{branch}")


@pytest.fixture(params=["github", "gitlab"])
def scene(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Scene]:
    pauses: list[float] = []
    there: stand_in.Repository
    there = stand_in.GitHub() if request.param == "github" else stand_in.GitLab()
    kind = GitHub if request.param == "github" else GitLab
    with serving(there) as url:
        made = Scene(tmp_path, there, kind(there.name, TOKEN, url, pauses.append))
        made.pauses = pauses
        yield made
    assert there.wrong == []


def text_of(pull: dict[str, str]) -> str:
    return pull.get("body") or pull.get("description") or ""


def test_a_pull_request_is_opened_once_and_updated_in_place(scene: Scene) -> None:
    first = scene.proposal()
    done = scene.publish(first)
    assert done.act == "opened"
    assert done.url.endswith("/1")
    assert scene.tip() == first.tip
    writes = len(scene.there.writes)
    assert scene.publish(first).act == "unchanged"
    assert len(scene.there.writes) == writes
    # No two searches need find the same; what is proposed for a commit stays.
    assert scene.publish(scene.proposal("Line 5")).act == "unchanged"
    assert len(scene.there.writes) == writes
    commit(scene.clone, {"other.py": "a = 1\n"})
    second = scene.proposal("Line 5")
    assert scene.publish(second).act == "updated"
    assert scene.tip() == second.tip
    assert len(scene.there.pulls) == 1
    assert "Line 5" in text_of(scene.there.pulls[0])
    assert git(scene.remote, "rev-parse", "main") == first.commit


def test_hands_off_a_branch_that_a_human_committed_to(scene: Scene) -> None:
    scene.publish(scene.proposal())
    git(scene.clone, "fetch", "--quiet", "origin")
    git(scene.clone, "checkout", "--quiet", "-b", "theirs", "origin/repairlsp/fix-main")
    theirs = commit(scene.clone, {"shop.py": "a better fix\n"})
    git(scene.clone, "push", "--quiet", "origin", "theirs:repairlsp/fix-main")
    git(scene.clone, "checkout", "--quiet", "main")
    writes = len(scene.there.writes)
    done = scene.publish(scene.proposal("Line 5"))
    assert (done.act, theirs[:12] in done.reason) == ("left alone", True)
    assert scene.tip() == theirs
    assert len(scene.there.writes) == writes


def test_an_amended_commit_is_a_humans_too(scene: Scene) -> None:
    scene.publish(scene.proposal())
    git(scene.clone, "fetch", "--quiet", "origin")
    git(scene.clone, "checkout", "--quiet", "--detach", "origin/repairlsp/fix-main")
    git(scene.clone, "commit", "--quiet", "--amend", "--message", "Mine now")
    git(scene.clone, "push", "--quiet", "--force", "origin", "HEAD:repairlsp/fix-main")
    git(scene.clone, "checkout", "--quiet", "main")
    assert scene.publish(scene.proposal()).act == "left alone"


def test_after_a_forced_push_the_branch_follows(scene: Scene) -> None:
    scene.publish(scene.proposal())
    git(scene.clone, "commit", "--quiet", "--amend", "--allow-empty", "--message", "Rewritten")
    again = scene.proposal()
    assert scene.publish(again).act == "updated"
    assert scene.tip() == again.tip


def test_a_fix_that_people_closed_is_not_proposed_again(scene: Scene) -> None:
    scene.publish(scene.proposal())
    scene.there.pulls[0]["state"] = "closed"
    assert scene.publish(scene.proposal()).act == "left alone"
    assert scene.publish(scene.proposal("Line 5")).act == "opened"


def test_it_stops_after_so_many(scene: Scene) -> None:
    for number in range(2):
        branch = f"repairlsp/fix-{number}"
        assert scene.publish(scene.proposal(branch=branch), limit=2).act == "opened"
    done = scene.publish(scene.proposal(), limit=2)
    assert done.act == "left alone"
    assert scene.tip() == ""


def test_a_connection_lost_in_mid_way_opens_no_second_one(scene: Scene) -> None:
    scene.there.faults.append(Fault(r"POST .*(pulls|merge_requests)$", done=True))
    assert scene.publish(scene.proposal()).act == "opened"
    assert len(scene.there.pulls) == 1


def test_a_connection_lost_before_anything_was_done(scene: Scene) -> None:
    scene.there.faults.append(Fault(r"POST .*(pulls|merge_requests)$"))
    scene.there.faults.append(Fault("GET"))
    assert scene.publish(scene.proposal()).act == "opened"
    assert len(scene.there.pulls) == 1


def test_what_broke_off_is_completed_by_the_next_run(scene: Scene) -> None:
    proposal = scene.proposal()
    scene.there.faults += [Fault(r"POST .*(pulls|merge_requests)$", Answer(403, {}))]
    with pytest.raises(HostError, match="403"):
        scene.publish(proposal)
    assert scene.tip() == proposal.tip
    assert scene.publish(proposal).act == "opened"


@pytest.mark.parametrize(
    ("limited", "pause"),
    [
        (Answer(429, {"message": "slow down"}, {"Retry-After": "7"}), 7.0),
        (Answer(403, {"message": "secondary rate limit"}, {"Retry-After": "3"}), 3.0),
        (Answer(502, {"message": "bad gateway"}), 1.0),
    ],
)
def test_rate_limits_are_waited_for(scene: Scene, limited: Answer, pause: float) -> None:
    scene.there.faults.append(Fault("GET", limited))
    assert scene.publish(scene.proposal()).act == "opened"
    assert scene.pauses == [pause]


def test_when_a_limit_ends_is_told_by_the_servers_own_clock() -> None:
    headers = {
        "Date": "Thu, 01 Jan 1970 00:16:40 GMT",
        "X-RateLimit-Remaining": "0",
        "X-RateLimit-Reset": "1004",
    }
    assert _rate_limit(httpx2.Response(403, headers=headers)) == 5.0


def test_a_rate_limit_of_an_hour_is_an_error(scene: Scene) -> None:
    reset = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "99999999999"}
    scene.there.faults.append(Fault("GET", Answer(403, {}, reset)))
    with pytest.raises(HostError, match="rate limit"):
        scene.publish(scene.proposal())


# --------------------------------------------------------------------------- reviews


def test_what_the_pull_request_shows_is_suggested(scene: Scene) -> None:
    scene.there.diff = SHOWN
    posted = review(1, scene.there.head, FIX, "Two places.\n", scene.host)
    assert (posted.suggested, posted.left_out) == (1, 1)
    [line] = scene.there.lines
    assert "LINE 5\n```" in line["body"]
    [page] = scene.there.page
    assert page["body"].startswith("Two places.\n\nSome changes are suggestions")
    calls = len(scene.there.writes)
    assert review(1, scene.there.head, FIX, "Two places.\n", scene.host) == posted
    assert len(scene.there.writes) == calls


def test_one_bad_anchor_does_not_keep_the_rest(scene: Scene) -> None:
    scene.there.diff = SHOWN
    fix = FIX.replace(
        "-line 5\n+LINE 5\n line 6\n", "-line 5\n+LINE 5\n line 6\n-line 7\n+LINE 7\n"
    )
    fix = fix.replace("@@ -4,3 +4,3 @@", "@@ -4,4 +4,4 @@")
    scene.there.bad_lines = {5}
    posted = review(1, scene.there.head, fix, "Three places.\n", scene.host)
    assert (posted.suggested, posted.left_out) == (1, 2)
    [line] = scene.there.lines
    assert "LINE 7" in line["body"]


def test_a_comment_lost_in_mid_way_is_not_posted_twice(scene: Scene) -> None:
    scene.there.diff = SHOWN
    scene.there.faults += [
        Fault(r"POST .*(reviews|discussions)$", done=True),
        Fault(r"POST .*(issues/1/comments|notes)$", done=True),
    ]
    review(1, scene.there.head, FIX, "Two places.\n", scene.host)
    assert (len(scene.there.lines), len(scene.there.page)) == (1, 1)


def test_the_comment_is_changed_in_place(scene: Scene) -> None:
    scene.there.diff = SHOWN
    review(1, scene.there.head, "", "Not repaired.\n", scene.host)
    review(1, scene.there.head, FIX, "Repaired.\n", scene.host)
    [page] = scene.there.page
    assert page["body"].startswith("Repaired.")


def test_a_pull_request_that_moved_on_is_left_alone(scene: Scene) -> None:
    assert review(1, "f" * 40, FIX, "Old news.\n", scene.host).stale
    assert scene.there.writes == []


# --------------------------------------------------------------------------- texts


def test_suggestions_stay_on_the_lines_that_are_shown() -> None:
    found = suggestions(FIX, SHOWN)
    assert found.suggestions == (Suggestion("shop.py", 5, 6, ("LINE 5",), None),)
    assert found.left_out == 1
    everything = "--- a/shop.py\n+++ b/shop.py\n@@ -0,0 +1,30 @@\n"
    everything += "".join(f"+{line}\n" for line in SOURCE.splitlines())
    inserted = suggestions(FIX, everything).suggestions[1]
    assert inserted[:4] == ("shop.py", 20, 21, ("line 20", "line 20a"))


def test_texts_do_nothing_but_say() -> None:
    page = "Thanks @ada, fixes #12 <!-- repairlsp:summary -->\n```diff\n+@property\n```\n@bob\n"
    body = body_of(page, "key")
    assert not any(live in body for live in ("@ada", "#12", "@bob"))
    assert "+@property\n" in body
    assert body.count("<!--") == 1
    assert body.endswith("<!-- repairlsp:key -->\n")
    assert "\n" not in title_of("one\ntwo @ada")
    assert body_of("````\n@open\n", "key").count("````") == 2
    at = "<Shop object at 0x7f3a5c0d2e50>"
    assert body_of(at, "key") == body_of(at.replace("7f3a", "7f3b"), "key")
