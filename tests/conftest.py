"""What several test modules share."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from time import process_time
from types import ModuleType
from typing import NoReturn

import hypothesis
import pytest

# No test depends on time: a busy machine fails none.
hypothesis.settings.register_profile("untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("untimed")

ROOT = Path(__file__).parents[1]

REPORT = """青川县卫生健康局2022年工作总结

一、基层服务
2022年，全县建成标准化村卫生室132所，较上年增加9所；家庭医生签约服务覆盖4.6万人，重点人群签约率达到81.5%，高于全市6.2个百分点。
二、医疗能力
县人民医院门诊量37.4万人次，同比增长5.8%，其中急诊2.1万人次。全民健康信息平台接入机构20余家。
三、下一步
力争到2023年底，每千人口床位数达到6.4张以上，公立医院药占比控制在28%以内。
                                            2023年1月12日
"""


@pytest.fixture(scope="session")
def report_text() -> str:
    """Return a report of our own writing, with every kind of mention in it."""
    return REPORT


@pytest.fixture(scope="session")
def run_python() -> Callable[..., str]:
    """Return a function that runs code in a fresh Python and returns what it prints."""

    def run(code: str, *arguments: str, cwd: Path = ROOT) -> str:
        command = [sys.executable, "-c", code, *arguments]
        result = subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False)
        assert result.returncode == 0, result.stderr
        return result.stdout

    return run


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Return a function that runs the command in a folder of the test, as a user would."""

    def call(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "healthie", *words]
        return subprocess.run(
            command,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
            check=False,
        )

    return call


# Eight times the text takes eight times as long where time is linear, and 64 times where it is quadratic.
_TIMES, _MOST_TIMES, _ROUNDS = 8, 24, 4


@pytest.fixture(scope="session")
def check_linear() -> Callable[[Callable[[str], object], str, int], None]:
    """Return a function that checks that time grows with the text: ``check_linear(find, piece, characters)``.

    It counts the time of the processor, the least of some rounds, and only how many times as long the longer text
    takes, so that neither the machine nor other work on it decides.
    """

    def seconds(find: Callable[[str], object], text: str) -> float:
        start = process_time()
        find(text)
        return process_time() - start

    def check(find: Callable[[str], object], piece: str, characters: int) -> None:
        few = piece * (characters // len(piece))
        find(piece)  # loads what the first call loads; the text itself would come from the cache that only it is in
        short = long = float("inf")
        for _ in range(_ROUNDS):
            short, long = min(short, seconds(find, few)), min(long, seconds(find, few * _TIMES))
            if long < _MOST_TIMES * short:
                return
        pytest.fail(f"{_TIMES} times the text takes {long / short:.0f} times as long: {short:.3f} s, then {long:.3f} s")

    return check


def _program(*names: str) -> str:
    """Return the path of a program of the machine; without it the test is skipped, or fails where all are required."""
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        _leave(f"{' or '.join(names)} is not on this machine")
    return found


def _leave(reason: str) -> NoReturn:
    (pytest.fail if os.environ.get("HEALTHIE_REQUIRE_PROGRAMS") == "1" else pytest.skip)(reason)


@pytest.fixture(scope="session")
def java() -> str:
    """Return the path of Java, in which Spark runs."""
    return _program("java")


@pytest.fixture(scope="session")
def need_module() -> Callable[[str], ModuleType]:
    """Return a function that imports a library of the extra cluster; without it the test is skipped, or fails."""

    def need(name: str) -> ModuleType:
        try:
            return import_module(name)
        except ModuleNotFoundError:
            _leave(f"{name} is not installed: pip install -e '.[cluster]'")

    return need


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Return a function that LibreOffice converts a file with, next to it: ``office(path, "docx")``."""
    program = _program("soffice", "libreoffice")
    profile = tmp_path_factory.mktemp("office").as_uri()

    def convert(path: Path, to: str, *options: str) -> Path:
        command = [program, f"-env:UserInstallation={profile}", "--headless", *options, "--convert-to", to, path.name]
        subprocess.run(command, cwd=path.parent, check=True, capture_output=True, timeout=300)
        made = path.with_suffix(f".{to.partition(':')[0]}")
        assert made.is_file(), f"LibreOffice made no {made.name}"
        return made

    return convert


@pytest.fixture(scope="session")
def print_page(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """Return a function that prints a web page to PDF with Chromium, next to it."""
    program = _program("chromium", "chromium-browser", "google-chrome")
    profile = tmp_path_factory.mktemp("chromium")

    def convert(path: Path) -> Path:
        made = path.with_suffix(".pdf")
        command = [program, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}"]
        command += [f"--print-to-pdf={made}", path.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        assert made.is_file(), f"Chromium made no {made.name}"
        return made

    return convert
