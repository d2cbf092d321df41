"""Energy of attempts: counters of the processor where they can be read, else an estimate."""

from __future__ import annotations

import importlib.util
import time
from pathlib import Path

import pytest
from repair_eval.run.energy import CodeCarbon, EnergyMeter, Rapl, open_meter

from tests.eval.repair_eval.copies import write


@pytest.fixture
def counters(tmp_path: Path) -> Path:
    """Two packages as the kernel shows them, with a part of the first that must not count twice."""
    for zone, microjoules in (("0", 9_000_000), ("0:0", 5), ("1", 100)):
        _set(tmp_path, zone, microjoules)
        write(tmp_path / f"intel-rapl:{zone}" / "max_energy_range_uj", "10000000\n")
    return tmp_path


def _set(counters: Path, zone: str, microjoules: int) -> None:
    write(counters / f"intel-rapl:{zone}" / "energy_uj", f"{microjoules}\n")


def _opened(counters: Path) -> EnergyMeter:
    meter = open_meter(counters)
    assert meter is not None
    return meter


def test_counters_of_all_packages_are_added_and_may_start_over(counters: Path):
    meter = _opened(counters)
    assert meter.source == "rapl"
    meter.begin()
    _set(counters, "0", 1_500_000)  # 1 J to the end of its range, and 1.5 J from there
    _set(counters, "0:0", 4_000_000)
    _set(counters, "1", 500_100)
    assert meter.end() == pytest.approx(3.0)


def test_a_counter_that_is_gone_or_was_never_read_tells_nothing(counters: Path):
    meter = _opened(counters)
    assert meter.end() is None
    meter.begin()
    (counters / "intel-rapl:1/energy_uj").unlink()
    assert meter.end() is None
    assert not Rapl(counters).is_readable


def test_without_counters_the_estimate_is_labelled_or_missing(tmp_path: Path):
    meter = open_meter(tmp_path)
    if importlib.util.find_spec("codecarbon") is None:
        assert meter is None
        return
    assert meter is not None
    try:
        assert meter.source == "codecarbon"
        meter.begin()
        until = time.process_time() + 0.1
        while time.process_time() < until:
            pass
        joules = meter.end()
        # A tenth of a second of any machine; slower ones take longer for it.
        assert joules is not None
        assert 0.01 < joules < 10_000
    finally:
        meter.close()


@pytest.mark.skipif(importlib.util.find_spec("codecarbon") is None, reason="needs [energy]")
def test_an_estimate_that_breaks_down_is_no_failed_attempt():
    meter = CodeCarbon()
    process = meter._process
    assert process is not None
    process.kill()
    process.wait()
    meter.begin()
    assert meter.end() is None
    meter.close()
