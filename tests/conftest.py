"""What several test modules share."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

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


def _program(*names: str) -> str:
    """Return the path of a program of the machine; without it the test is skipped, or fails where all are required."""
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        told = pytest.fail if os.environ.get("HEALTHIE_REQUIRE_PROGRAMS") == "1" else pytest.skip
        told(f"{' or '.join(names)} is not on this machine")
    return found


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
