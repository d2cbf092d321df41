"""The model through its client: the shipped folder, a real worker process."""

from __future__ import annotations

import math
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from repairlsp.errors import CancelledError, ModelError
from repairlsp.models import manifest
from repairlsp.models.client import ModelWorker, PromptTooLongError
from tests.models.processes import wait_until_gone


class CancelAfter:
    """A token that is set a while after it was first asked; `at` is that moment."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self.at = math.inf

    def is_set(self) -> bool:
        self.at = min(self.at, time.monotonic() + self._seconds)
        return time.monotonic() >= self.at


# --------------------------------------------------------------------------- answers


def test_hello_tells_what_is_loaded(worker: ModelWorker) -> None:
    info = worker.hello()
    assert info.architecture == "Phi3ForCausalLM"
    assert info.threads == 1
    assert info.context_length >= 512
    assert 20e6 < info.rss_bytes < 400e6


def test_the_caller_never_loads_the_runtime() -> None:
    code = "import sys, repairlsp.models.client, repairlsp.models.catalog as c; c.names(); " + (
        "print([m for m in ('onnxruntime_genai', 'onnxruntime', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_suggestions_come_best_first_and_once(worker: ModelWorker, prompt: str) -> None:
    suggestions = worker.suggest(prompt, beams=12, max_new_tokens=48)
    assert len(suggestions) >= 4
    likelihoods = [each.log_likelihood for each in suggestions]
    assert likelihoods == sorted(likelihoods, reverse=True)
    assert all(value < 0 for value in likelihoods)
    assert len({each.text for each in suggestions}) == len(suggestions)
    assert worker.suggest(prompt, beams=12, max_new_tokens=48) == suggestions


def test_the_best_of_a_wide_search_is_at_least_that_of_a_narrow_one(
    worker: ModelWorker, prompt: str
) -> None:
    narrow = worker.suggest(prompt, beams=1, max_new_tokens=48)
    wide = worker.suggest(prompt, beams=8, max_new_tokens=48)
    assert wide[0].log_likelihood >= narrow[0].log_likelihood - 1e-6


def test_scoring_a_suggestion_gives_its_log_likelihood(worker: ModelWorker, prompt: str) -> None:
    suggestions = worker.suggest(prompt, beams=12, max_new_tokens=48)
    scores = worker.score(prompt, [each.text for each in suggestions])
    agreeing = 0
    for suggestion, score in zip(suggestions, scores, strict=True):
        # A text may be spelled by other tokens than the tokenizer's own choice.
        if suggestion.tokens == score.tokens:
            agreeing += abs(suggestion.log_likelihood - score.log_likelihood) < 1e-3
    assert agreeing >= len(suggestions) / 2


def test_an_unfinished_continuation_is_as_likely_as_all_that_begin_with_it(
    worker: ModelWorker, prompt: str
) -> None:
    pointers = ["<|L1|>", "<|L2|>", "<|L1|><|L2|>", "<|L1|><|L1|>"]
    first, second, *longer = worker.score(prompt, pointers, ended=False)
    assert [each.tokens for each in (first, second, *longer)] == [1, 1, 2, 2]
    assert math.exp(first.log_likelihood) + math.exp(second.log_likelihood) < 1
    assert all(each.log_likelihood < first.log_likelihood for each in longer)
    assert sum(math.exp(each.log_likelihood) for each in longer) <= math.exp(first.log_likelihood)
    finished = worker.score(prompt, pointers[:1])[0]
    assert finished.log_likelihood < first.log_likelihood


def test_scores_do_not_depend_on_what_was_asked_before(
    worker: ModelWorker, shipped: Path, prompt: str, long_prompt: str
) -> None:
    continuations = [
        "    return a",
        "    return a + b",
        "",
        "    x = a",
        "    return a",
        "été 🎉\t",
    ]
    together = worker.score(prompt, continuations)
    worker.suggest(long_prompt, beams=2, max_new_tokens=4)
    again = list(reversed(worker.score(prompt, list(reversed(continuations)))))
    with ModelWorker(shipped, threads=1) as fresh:
        alone = fresh.score(prompt, [continuations[1]])[0]
    assert alone.tokens == together[1].tokens
    assert alone.log_likelihood == pytest.approx(together[1].log_likelihood, abs=1e-3)
    for one, other in zip(together, again, strict=True):
        assert one.log_likelihood == pytest.approx(other.log_likelihood, abs=1e-3)
    assert together[0] == together[4]
    assert together[2].tokens == 1  # nothing but the end token


def test_a_continuation_that_does_not_fit_is_impossible_and_spares_the_others(
    worker: ModelWorker, prompt: str
) -> None:
    fits, too_long = worker.score(prompt, ["    return a", "x = 1\n" * 3000])
    assert math.isfinite(fits.log_likelihood)
    assert too_long.log_likelihood == -math.inf
    assert too_long.tokens > worker.hello().context_length
    assert worker.score(prompt, []) == []


def test_a_prompt_longer_than_the_context_is_told(worker: ModelWorker) -> None:
    for ask in (worker.suggest, lambda text: worker.score(text, ["x"])):
        with pytest.raises(PromptTooLongError, match=r"the prompt has \d+ tokens") as refusal:
            ask("x = 1\n" * 3000)
        assert refusal.value.hint
    assert worker.hello().name


@pytest.mark.parametrize(
    ("request_", "reason"),
    [
        ({"beams": 0}, "'beams' must be a whole number from 1"),
        ({"max_new_tokens": 10**9}, "'max_new_tokens' must be"),
    ],
)
def test_a_wrong_request_is_refused(
    worker: ModelWorker, prompt: str, request_: dict[str, int], reason: str
) -> None:
    with pytest.raises(ModelError, match=reason):
        worker.suggest(prompt, **request_)


def test_text_that_no_source_can_hold_is_refused(worker: ModelWorker) -> None:
    with pytest.raises(ModelError, match="NUL"):
        worker.suggest("a\0b")
    with pytest.raises(ModelError, match="surrogates"):
        worker.suggest("a\ud800b")
    with pytest.raises(ModelError, match="must not be empty"):
        worker.suggest("")


# --------------------------------------------------------------------------- cancel, crash, end


def test_a_cancel_frees_the_worker_within_a_second(worker: ModelWorker, long_prompt: str) -> None:
    pid = worker.hello() and worker.pid
    cancel = CancelAfter(0.15)
    with pytest.raises(CancelledError):
        worker.suggest(long_prompt, beams=200, max_new_tokens=500, cancel=cancel)
    assert time.monotonic() - cancel.at < 1.2
    assert worker.hello(seconds=5.0).name
    assert worker.pid == pid, "it was cancelled, not killed"


def test_a_worker_that_cannot_be_cancelled_is_killed(shipped: Path, long_prompt: str) -> None:
    with ModelWorker(shipped, threads=1) as worker:
        worker.hello()
        pid = worker.pid
        assert pid is not None
        os.kill(pid, signal.SIGSTOP)
        cancel = CancelAfter(0.1)
        with pytest.raises(CancelledError):
            worker.suggest(long_prompt * 40, cancel=cancel)  # more than a pipe holds
        assert time.monotonic() - cancel.at < 2.0
        assert wait_until_gone(pid, 0.5)
        assert worker.hello().name


def test_a_request_that_takes_too_long_ends_the_worker(shipped: Path, long_prompt: str) -> None:
    with ModelWorker(shipped, threads=1) as worker:
        worker.hello()
        pid = worker.pid
        with pytest.raises(ModelError, match="did not answer within") as failure:
            worker.suggest(long_prompt, beams=200, max_new_tokens=500, seconds=0.2)
        assert failure.value.hint
        assert pid is not None
        assert wait_until_gone(pid, 1.0)


def test_after_a_crash_the_next_request_works(shipped: Path, long_prompt: str) -> None:
    with ModelWorker(shipped, threads=1) as worker:
        worker.hello()
        pid = worker.pid
        assert pid is not None
        threading.Timer(0.2, os.kill, (pid, signal.SIGKILL)).start()
        with pytest.raises(ModelError, match="ended \\(signal 9\\)") as failure:
            worker.suggest(long_prompt, beams=200, max_new_tokens=500)
        assert "Ask again" in failure.value.hint
        assert "memory ran out" in failure.value.hint  # the kernel's own way, then
        assert worker.hello().name
        assert worker.pid not in (None, pid)

        again = worker.pid
        assert again is not None
        os.kill(again, signal.SIGKILL)
        assert wait_until_gone(again, 2.0)
        assert worker.hello().name, "a worker that died between requests is not worth an error"


def test_unloading_ends_the_process_and_a_request_starts_another(shipped: Path) -> None:
    with ModelWorker(shipped, threads=1) as worker:
        assert worker.pid is None, "nothing starts before it is asked"
        assert not worker.unload_if_idle(0.0)
        worker.hello()
        pid = worker.pid
        assert pid is not None
        assert not worker.unload_if_idle(60.0)
        assert worker.unload_if_idle(0.0)
        assert worker.pid is None
        assert wait_until_gone(pid, 1.0)
        assert worker.hello().name
    with pytest.raises(ModelError, match="closed"):
        worker.hello()


def test_closing_interrupts_what_is_computed(shipped: Path, long_prompt: str) -> None:
    worker = ModelWorker(shipped, threads=1)
    worker.hello()
    threading.Timer(0.2, worker.close).start()
    begun = time.monotonic()
    with pytest.raises(ModelError, match="was closed"):
        worker.suggest(long_prompt, beams=200, max_new_tokens=500)
    assert time.monotonic() - begun < 2.0
    assert worker.pid is None


def test_requests_of_many_threads_are_answered_each_with_its_own(
    worker: ModelWorker, prompt: str
) -> None:
    texts = [f"    return {name}" for name in "abxyn"]
    expected = dict(zip(texts, worker.score(prompt, texts), strict=True))
    results: dict[str, object] = {}

    def ask(text: str) -> None:
        results[text] = worker.score(prompt, [text])[0].log_likelihood

    threads = [threading.Thread(target=ask, args=(text,)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for text in texts:
        assert results[text] == pytest.approx(expected[text].log_likelihood, abs=1e-3)


def test_one_who_waits_for_a_turn_can_cancel(
    worker: ModelWorker, long_prompt: str, prompt: str
) -> None:
    cancel_first = threading.Event()

    def first() -> None:
        with pytest.raises(CancelledError):
            worker.suggest(long_prompt, beams=200, max_new_tokens=500, cancel=cancel_first)

    worker.hello()
    busy = threading.Thread(target=first)
    busy.start()
    time.sleep(0.1)
    cancel = CancelAfter(0.05)
    with pytest.raises(CancelledError):
        worker.score(prompt, ["x"], cancel=cancel)
    assert time.monotonic() - cancel.at < 0.3
    cancel_first.set()
    busy.join(5.0)
    assert not busy.is_alive()


def test_a_worker_started_from_a_short_lived_thread_lives_on(shipped: Path) -> None:
    with ModelWorker(shipped, threads=1) as worker:
        thread = threading.Thread(target=worker.hello)
        thread.start()
        thread.join()
        pid = worker.pid
        time.sleep(0.2)
        assert worker.hello().name
        assert worker.pid == pid


def test_a_damaged_folder_is_told_and_nothing_stays(model_copy: Path) -> None:
    (model_copy / "tokenizer.json").write_text("{}")
    with ModelWorker(model_copy) as worker:
        with pytest.raises(ModelError, match=r"refused: tokenizer\.json has 2 bytes") as failure:
            worker.hello()
        assert failure.value.hint
        assert worker.pid is None


def test_a_folder_that_passes_its_manifest_and_is_no_model_is_told(model_copy: Path) -> None:
    old = manifest.read(model_copy)
    (model_copy / "model.onnx").write_bytes(b"\x08\x07")  # ir_version 7 and nothing else
    manifest.write(
        model_copy,
        name=old.name,
        architecture=old.architecture,
        prompt_family=old.prompt_family,
        parameters=old.parameters,
        precision=old.precision,
        license=old.license,
    )
    with (
        ModelWorker(model_copy) as worker,
        pytest.raises(ModelError, match="the model runtime cannot load"),
    ):
        worker.hello()
