"""What several test modules share."""

from __future__ import annotations

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
