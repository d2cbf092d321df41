"""`repairlsp ci [PATH] [options] [-- TEST COMMAND]`: the CI bot, from arguments to exit code."""

from __future__ import annotations

import argparse
import os
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from repairlsp import settings
from repairlsp.cli.arguments import model_of, number
from repairlsp.cli.exits import Exit
from repairlsp.cli.interrupt import until_interrupted
from repairlsp.cli.messages import complain
from repairlsp.cli.output import append_job_summary, write
from repairlsp.cli.progress import shown_progress
from repairlsp.cli.project import find_target
from repairlsp.errors import BrokenEnvironmentError, CancelledError, UsageError
from repairlsp.types import CancelToken, RepairRequest

if TYPE_CHECKING:  # gitpython costs 80 ms to import
    from repairlsp.ci import Job, Report
    from repairlsp.ci.delivery import Delivery
    from repairlsp.ci.hosting.host import Host
    from repairlsp.ci.repository import Repository
    from repairlsp.ci.surroundings import Surroundings

_SECONDS: Final = 300.0
"""For everything together: the settings' `max_seconds` is meant for one bug, here are several."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.usage = "%(prog)s [PATH] [options] [-- TEST COMMAND]"
    parser.epilog = (
        "Runs the tests of a commit, tells what it broke from what was broken before and from "
        "flaky tests, repairs one group of failing tests after another, and proves the whole. "
        "Shows everything and changes nothing, unless --write makes the branch. Exit code 0: all "
        "that was to be repaired is, or nothing was; 1: it is not; 2: wrong usage or something on "
        "this machine does not work."
    )
    add = parser.add_argument
    add("path", nargs="?", metavar="PATH", help="the project's folder (default: here)")
    add("--revision", metavar="REV", default="HEAD", help="the commit to repair (default: HEAD)")
    add("--base", metavar="REV", help="compare with REV (default: what the CI system says)")
    add("--only-new", action="store_true", help="leave alone what fails at the base commit too")
    add("--bisect", action="store_true", help="find the commit that broke each group of tests")
    add("--reruns", metavar="N", type=_reruns, default=5, help="how often to look if it is flaky")
    add("--max-seconds", metavar="S", type=number("max_seconds", float), help="stop after S")
    add("--model", metavar="NAME|DIR", help="the model (default: the embedded one)")
    add("--sandbox", choices=("auto", "bwrap", "limits", "none"), help="how tests are confined")
    act = parser.add_mutually_exclusive_group()
    act.add_argument("--dry-run", action="store_true", help="change nothing (the default)")
    act.add_argument("--write", action="store_true", help="make the branch, in the repository")
    add("--branch", metavar="NAME", help="the branch's name (default: repairlsp/fix-BRANCH)")
    add(
        "--output-format",
        choices=("markdown", "json"),
        default="markdown",
        help="(default: markdown)",
    )
    add("--output", metavar="FILE", type=Path, help="write the report to FILE")
    add("--artifacts", metavar="DIR", type=Path, help="write report.json, summary.md, fix.patch")
    post = parser.add_argument_group(
        "posting", "needs a token in REPAIRLSP_TOKEN, GITHUB_TOKEN or GITLAB_TOKEN"
    )
    add = post.add_argument
    add("--open-pull-request", action="store_true", help="push the branch, open a pull request")
    add("--review", action="store_true", help="suggest the fixes on the pull request at hand")
    add(
        "--from", dest="record", metavar="FILE", type=Path, help="post an earlier job's report.json"
    )
    add("--target", metavar="BRANCH", help="where to merge (default: the branch at hand)")
    add("--pull-request", metavar="N", type=int, help="the pull request at hand")
    add("--max-pull-requests", metavar="N", type=int, default=3, help="open at most N (default: 3)")
    add("--host", choices=("github", "gitlab"), help="(default: what the CI system says)")
    add("--repository", metavar="OWNER/NAME", help="(default: what the CI system says)")
    add("--api", metavar="URL", help="the API's address, for a host of your own")


def run(args: argparse.Namespace) -> int:
    """Attend to the commit, and show what came of it. Raises RepairlspError for what hinders it."""
    return until_interrupted(partial(_run, args), "interrupted; nothing was changed")


def _run(args: argparse.Namespace, cancel: CancelToken) -> int:
    from repairlsp.ci.delivery import of_record, of_report
    from repairlsp.ci.messages import branch_name
    from repairlsp.ci.repository import Repository, check_branch_name, forget_callers_repository

    forget_callers_repository()
    around = _around(args)
    # A missing token is told before the work, not after it.
    host = _connected(around) if args.open_pull_request or args.review else None
    repository = Repository(find_target(args.path, None, []).project)
    commit = repository.commit(args.revision)
    branch = args.branch or branch_name(around.branch or repository.branch, commit)
    check_branch_name(repository, branch, around.branch)
    if args.record is not None:
        delivery = of_record(args.record, repository, args.revision)
    else:
        report = _attended(args, repository, around, cancel)
        _show(report, branch, args)
        delivery = of_report(report)
    if args.write and delivery.tip != delivery.commit:
        _make_branch(repository, branch, delivery)
    if host is not None and args.open_pull_request and delivery.tip != delivery.commit:
        _open_pull_request(repository, branch, delivery, host, args, around)
    if host is not None and args.review:
        _review(repository, delivery, host, around)
    return Exit.OK if delivery.is_complete else Exit.NOT_REPAIRED


def _attended(
    args: argparse.Namespace, repository: Repository, around: Surroundings, cancel: CancelToken
) -> Report:
    from repairlsp.ci import attend

    job = _job(args, repository, around)
    with shown_progress() as observe:
        report = attend(job, observe=observe, cancel=cancel)
    if cancel.is_set():
        raise CancelledError  # it came too late to stop the search, but not to stop the rest
    return report


# --------------------------------------------------------------------------- arguments


def _reruns(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"must be a whole number, 0 or more, not {text!r}")
    return int(text)


def _around(args: argparse.Namespace) -> Surroundings:
    """What the CI system says, and the options over it."""
    from repairlsp.ci.surroundings import surroundings

    said = surroundings()
    if args.host not in (None, said.host):
        said = replace(said, host=args.host, api=None, repository=None)
    around = replace(
        said,
        api=args.api or said.api,
        repository=args.repository or said.repository,
        request=args.pull_request or said.request,
    )
    if args.record is not None and not (args.open_pull_request or args.review or args.write):
        raise UsageError(
            "--from posts what an earlier job reported",
            "say how: --open-pull-request, --review or --write",
        )
    if args.review and around.request is None:
        raise UsageError("--review needs a pull request", "say which with --pull-request N")
    return around


def _connected(around: Surroundings) -> Host:
    try:
        from repairlsp.ci.hosting.connect import connect, token_names
    except ModuleNotFoundError as error:
        raise BrokenEnvironmentError(
            f"posting needs {error.name}, which is not installed", "pip install 'repairlsp[ci]'"
        ) from error
    host = connect(around)
    for name in token_names(around):  # programs that we start have no use for it
        os.environ.pop(name, None)
    return host


def _job(args: argparse.Namespace, repository: Repository, around: Surroundings) -> Job:
    from repairlsp.ci.base import find_base
    from repairlsp.ci.types import Job

    if args.command is not None and not args.command:
        raise UsageError("there is no test command after `--`", "for example: -- pytest -q tests")
    base = find_base(repository, args.revision, args.base, around)
    if base is None and (args.only_new or args.bisect):
        option = "--only-new" if args.only_new else "--bisect"
        raise UsageError(f"{option} needs a commit to compare with", "name one with --base REV")
    if base is None:
        complain("there is no commit to compare with, so every failure counts as new")
    return Job(
        request=_request(args, repository.project),
        commit=args.revision,
        base=base,
        reruns=args.reruns,
        only_new=args.only_new,
        bisect=args.bisect,
        keep_commits=args.write or args.open_pull_request or args.review,
    )


def _request(args: argparse.Namespace, project: Path) -> RepairRequest:
    chosen, warnings = settings.load(project)
    for warning in warnings:
        complain(f"warning: {warning}")
    seconds = args.max_seconds or max(_SECONDS, chosen.max_seconds)
    return RepairRequest(
        project=project,
        command=tuple(args.command) if args.command else chosen.test_command,
        files=chosen.files,
        model=args.model or model_of(project, chosen.model),
        sandbox=args.sandbox or chosen.sandbox,
        allow_loopback=chosen.allow_loopback,
        spectrum=chosen.spectrum,
        use_fork_server=chosen.fork_server,
        limits=replace(chosen.limits, max_seconds=seconds, patches=1),
    )


# --------------------------------------------------------------------------- what comes of it


def _show(report: Report, branch: str, args: argparse.Namespace) -> None:
    from repairlsp.ci import record
    from repairlsp.ci.summary import costs, headline, summary

    page = summary(report) + costs(report)
    if args.output is not None or args.output_format != "markdown":
        complain(headline(report).lower())
    text = record.render(report, branch) if args.output_format == "json" else page
    write(_bytes(text), args.output)
    if args.artifacts is not None:
        args.artifacts.mkdir(parents=True, exist_ok=True)
        write(_bytes(record.render(report, branch)), args.artifacts / "report.json")
        write(_bytes(page), args.artifacts / "summary.md")
        write(report.patch, args.artifacts / "fix.patch")
    append_job_summary(page)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")


def _make_branch(repository: Repository, branch: str, delivery: Delivery) -> None:
    from repairlsp.ci.branches import move_branch

    move_branch(repository, branch, delivery.tip)
    complain(f"the branch {branch} has the fixes", f"to see them: git log -p {branch}")


def _open_pull_request(
    repository: Repository,
    branch: str,
    delivery: Delivery,
    host: Host,
    args: argparse.Namespace,
    around: Surroundings,
) -> None:
    from repairlsp.ci.hosting.publish import Proposal, key_of, publish
    from repairlsp.ci.hosting.push import Remote

    if around.from_fork and args.target is None:
        complain("no pull request: the branch at hand is a fork's", "suggest with --review")
        return
    target = args.target or around.branch or repository.branch or repository.default_branch
    if target is None:
        raise UsageError("it is not known where to merge", "say it with --target BRANCH")
    proposal = Proposal(
        commit=delivery.commit,
        tip=delivery.tip,
        branch=branch,
        target=target,
        title=delivery.title,
        page=delivery.page,
        key=key_of(delivery.diff(repository)),
    )
    done = publish(proposal, Remote(repository, host.credentials()), host, args.max_pull_requests)
    complain(f"pull request {done.act}: {done.reason}", done.url)


def _review(repository: Repository, delivery: Delivery, host: Host, around: Surroundings) -> None:
    from repairlsp.ci.hosting.review import review

    assert around.request is not None
    diff = delivery.diff(repository)
    posted = review(around.request, delivery.commit, diff, delivery.page, host)
    if posted.stale:
        complain("the pull request has other commits by now, so nothing was posted on it")
    else:
        told = f"{posted.suggested} suggestions, {posted.left_out} changes in the comment alone"
        complain(f"on pull request {around.request}: {told}")
