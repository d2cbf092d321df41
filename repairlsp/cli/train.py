"""`repairlsp train STAGE`: make an embedded model, one stage after the other.

Needs the extra `[train]`. Every stage reads what the ones before it wrote into the run's folder,
and can be repeated; `run` goes on where it was interrupted.
"""

from __future__ import annotations

import argparse
import shlex
import sys
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from repairlsp.cli.exits import Exit
from repairlsp.cli.messages import complain
from repairlsp.errors import BrokenEnvironmentError, UsageError

if TYPE_CHECKING:
    from repairlsp.training.settings import Settings

_STAGES = MappingProxyType(
    {
        "packages": "print the recipe's packages that are not installed here, for pip",
        "corpus": "collect functions from the standard library and the recipe's packages",
        "tokenizer": "train the tokenizer on the corpus",
        "samples": "put bugs into functions, as token ids",
        "run": "train; continues after an interruption",
        "export": "make a model folder: ONNX, quantized, with its manifest",
        "evaluate": "exact match of a model folder on held-out functions",
        "adapt": "fine-tune the embedded model on a repository of yours; needs no other stage",
    }
)
_CORPUS, _HELD_OUT = "training.jsonl.gz", "held-out.jsonl.gz"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the stages."""
    stages = parser.add_subparsers(dest="stage", metavar="STAGE", required=True)
    for name, what in _STAGES.items():
        stage = stages.add_parser(name, help=what, description=what, allow_abbrev=False)
        if name not in ("adapt", "packages"):
            stage.add_argument("--runs", type=Path, default=Path("runs"), help="(default: runs)")
        stage.add_argument("--recipe", type=Path, help="(default: the embedded model's)")
        if name == "samples":
            stage.add_argument("--count", type=int, help="samples (default: the recipe's)")
        if name == "run":
            stage.add_argument("--minutes", type=float, help="(default: the recipe's)")
            stage.add_argument("--steps", type=int, help="at most so many (default: no limit)")
            stage.add_argument("--start-from", type=Path, metavar="FILE", help="weights.pt")
            stage.add_argument("--eager", action="store_true", help="without torch.compile")
        if name == "export":
            stage.add_argument("--precision", choices=("fp32", "int8", "int4"), default="int8")
            stage.add_argument("--card", type=Path, help="the model card, Markdown")
            stage.add_argument("--weights", type=Path, help="(default: RUNS/weights.pt)")
            stage.add_argument("--tokenizer", type=Path, help="(default: RUNS/tokenizer)")
            stage.add_argument("folder", type=Path, help="the model folder to make")
        if name == "evaluate":
            stage.add_argument("--count", type=int, default=500, help="bugs (default: 500)")
            stage.add_argument("--output", type=Path, help="write JSON here as well")
            stage.add_argument("folder", type=Path, help="the model folder")
        if name == "adapt":
            stage.add_argument("--repo", type=Path, default=Path(), help="(default: this folder)")
            stage.add_argument("--minutes", type=float, default=10.0, help="(default: 10)")
            stage.add_argument("--model", help="what to start from (default: the embedded model)")
            stage.add_argument("--eager", action="store_true", help="without torch.compile")
            stage.add_argument("folder", type=Path, help="the model folder to make")


def run(args: argparse.Namespace) -> int:
    """Run one stage. Raises UsageError where an earlier stage's result is missing."""
    try:
        return _run(args)
    except ModuleNotFoundError as error:
        raise BrokenEnvironmentError(
            f"training needs {error.name}, which is not installed",
            "pip install 'repairlsp[train]'",
        ) from error


def _run(args: argparse.Namespace) -> int:
    from repairlsp.training import settings

    recipe = settings.load(args.recipe or settings.DEFAULT)
    if args.stage == "adapt":
        _adapt(recipe, args)
        return Exit.OK
    if args.stage == "packages":
        from repairlsp.training import corpus

        print("\n".join(corpus.missing(recipe.corpus)))
        return Exit.OK
    runs: Path = args.runs
    match args.stage:
        case "corpus":
            _corpus(runs, recipe)
        case "tokenizer":
            _tokenizer(runs, recipe)
        case "samples":
            _samples(runs, recipe, args.count or recipe.samples.count)
        case "run":
            _train(runs, recipe, args)
        case "export":
            from repairlsp.training.export import export

            weights = args.weights or _made(runs / "weights.pt", "run")
            tokenizer = args.tokenizer or runs / "tokenizer"
            made = export(weights, tokenizer, recipe, args.folder, args.precision, args.card)
            print(f"{args.folder}: {made.parameters:,} parameters, {made.precision}")
        case "evaluate":
            from repairlsp.training import corpus, evaluate

            functions = corpus.load(_made(runs / _HELD_OUT, "corpus"))
            rows = evaluate.evaluate(args.folder, functions, recipe, args.count)
            print(evaluate.table(rows), end="")
            if args.output:
                evaluate.save(rows, args.output, shlex.join(["repairlsp", *sys.argv[1:]]))
    return Exit.OK


def _made(path: Path, stage: str) -> Path:
    if not path.exists():
        raise UsageError(f"{path} is missing", f"run `repairlsp train {stage}` first")
    return path


def _corpus(runs: Path, recipe: Settings) -> None:
    from repairlsp.training import corpus

    found = corpus.collect(recipe.corpus, recipe.seed)
    runs.mkdir(parents=True, exist_ok=True)
    corpus.save(found.training, runs / _CORPUS)
    corpus.save(found.held_out, runs / _HELD_OUT)
    if found.missing:
        complain(f"not installed, so left out: {', '.join(found.missing)}")
    print(f"{len(found.training):,} functions, {len(found.held_out):,} held out")
    for package, licence in sorted(found.licences.items()):
        print(f"  {package:20} {licence}")


def _tokenizer(runs: Path, recipe: Settings) -> None:
    from repairlsp.generate.prompt import load
    from repairlsp.training import corpus, tokenizer

    functions = corpus.load(_made(runs / _CORPUS, "corpus"))
    format = load(recipe.prompt_format)
    lines = (line for f in functions[: recipe.tokenizer.sample_functions] for line in f.lines)
    trained = tokenizer.train(lines, recipe.tokenizer.vocabulary, format)
    tokenizer.save(trained, runs / "tokenizer", format, recipe.model.context)
    print(f"{trained.get_vocab_size():,} tokens")


def _samples(runs: Path, recipe: Settings, count: int) -> None:
    from tokenizers import Tokenizer

    from repairlsp.training import corpus, shards

    path = _made(runs / "tokenizer" / "tokenizer.json", "tokenizer")
    tokenizer = Tokenizer.from_file(str(path))
    for name, source, wanted, seed in (
        ("held-out", _HELD_OUT, recipe.samples.held_out_count, recipe.seed + 10_000),
        ("training", _CORPUS, count, recipe.seed),
    ):
        functions = corpus.load(_made(runs / source, "corpus"))
        shard = shards.generate(functions, wanted, recipe, tokenizer, seed)
        shard.save(runs / f"{name}.npz")
        print(f"{name}: {len(shard.prompts):,} samples, {len(shard.tokens):,} tokens")


def _train(runs: Path, recipe: Settings, args: argparse.Namespace) -> None:
    from tokenizers import Tokenizer

    from repairlsp.training.loop import train
    from repairlsp.training.shards import Shard

    tokenizer = Tokenizer.from_file(str(_made(runs / "tokenizer" / "tokenizer.json", "tokenizer")))
    score = train(
        recipe,
        Shard.load(_made(runs / "training.npz", "samples")),
        Shard.load(_made(runs / "held-out.npz", "samples")),
        runs,
        vocabulary=tokenizer.get_vocab_size(),
        minutes=args.minutes,
        steps=args.steps,
        start_from=args.start_from,
        compile_model=not args.eager,
    )
    print(f"held out: loss {score.loss:.3f}, line {score.pointer:.1%}, exact {score.exact:.1%}")


def _adapt(recipe: Settings, args: argparse.Namespace) -> None:
    from repairlsp.models.catalog import resolve
    from repairlsp.training.adapt import adapt

    made = adapt(
        args.repo,
        resolve(args.model),
        args.folder,
        recipe,
        minutes=args.minutes,
        compile_model=not args.eager,
    )
    print(f"learnt from {made.functions:,} functions and {made.past_fixes:,} past fixes")
    for name, score in (("before", made.before), ("after", made.after)):
        print(f"{name:7} loss {score.loss:.3f}, line {score.pointer:.1%}, exact {score.exact:.1%}")
    if made.after.loss >= made.before.loss:
        complain("warning: it did not get better on functions that were held out; give it longer")
    print(f"use it with --model {args.folder}")
