"""Fine-tuning on a repository: a model folder that works, made from an installed one."""

import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="needs the extra [train]")

import torch

from repairlsp.models.catalog import resolve
from repairlsp.models.client import ModelWorker
from repairlsp.training import folder_weights

pytestmark = pytest.mark.train


def adapt(repository: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    words = ["--repo", repository, "--minutes", "0.1", "--eager", folder]
    command = [sys.executable, "-m", "repairlsp", "train", "adapt", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_weights_of_a_folder_are_those_that_were_trained() -> None:
    trained = torch.load(Path(folder_weights.__file__).with_name("embedded.pt"), weights_only=True)
    read = folder_weights.read(resolve(None))
    assert read.keys() == trained.keys()
    for name, value in read.items():
        error = (value - trained[name].float()).abs().max()
        assert error <= 0.01 * trained[name].float().abs().max(), name


def test_a_repository_makes_a_model_of_its_own(tmp_path: Path) -> None:
    repository, folder = tmp_path / "repository", tmp_path / "model"
    repository.mkdir()
    for name in ("textwrap", "shlex", "fractions", "statistics", "configparser"):
        shutil.copy(Path(sysconfig.get_path("stdlib"), f"{name}.py"), repository)
    done = adapt(repository, folder)
    assert done.returncode == 0, done.stderr
    assert "learnt from" in done.stdout
    assert "0 past fixes" in done.stdout
    assert "before" in (folder / "README.md").read_text()
    with ModelWorker(folder) as worker:
        assert worker.suggest("<|bug|><|code|><|L1|>def f(a):<|L2|>    return b<|fix|>", beams=2)


def test_too_little_to_learn_from(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("def f(a):\n    b = a\n    return b\n")
    done = adapt(tmp_path, tmp_path / "model")
    assert done.returncode == 2
    assert "1 functions" in done.stderr
    assert not (tmp_path / "model").exists()
