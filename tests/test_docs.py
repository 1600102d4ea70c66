"""Every example of the pages: Python blocks are run as doctests, ``$`` lines of console blocks in a shell.

Blocks marked ``py`` show what needs a library that the tests do not have; they are only compiled.
"""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
MADE = {ROOT / "docs" / name for name in ("tutorial.md", "example.html")}  # by scripts/build_site.py
PAGES = sorted({*ROOT.glob("README*.md"), *(ROOT / "docs").rglob("*.md")} - MADE)
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)")
BLOCK = re.compile(r"^```(?P<kind>\w+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS


class Block(NamedTuple):
    kind: str
    body: str
    line: int


def blocks(page: Path, *kinds: str) -> Iterator[Block]:
    text = page.read_text(encoding="utf-8")
    for match in BLOCK.finditer(text):
        if match["kind"] in kinds:
            yield Block(match["kind"], match["body"], text.count("\n", 0, match.start("body")))


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the reports of the checkout: what an example writes does not stay in the real one."""
    folder = tmp_path_factory.mktemp("checkout")
    for part in ("corpora", "examples"):
        shutil.copytree(ROOT / part, folder / part)
    return folder


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_python_blocks(page: Path, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(checkout)
    scope: dict[str, object] = {"__name__": "example"}
    for block in blocks(page, "python", "pycon"):
        if ">>>" not in block.body:
            exec(compile(block.body, f"{name(page)}:{block.line}", "exec", dont_inherit=True), scope)  # noqa: S102
            continue
        # One scope a page: a later block goes on where an earlier one ended.
        example = doctest.DocTestParser().get_doctest(block.body, scope, name(page), str(page), block.line)
        told: list[str] = []
        doctest.DocTestRunner(optionflags=FLAGS).run(example, out=told.append, clear_globs=False)
        assert not told, "".join(told)
        scope = example.globs


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_blocks_for_other_libraries_are_python(page: Path) -> None:
    for block in blocks(page, "py"):
        compile(block.body, f"{name(page)}:{block.line}", "exec")


@pytest.mark.skipif(os.name == "nt", reason="the shell lines are for sh")
@pytest.mark.parametrize("page", PAGES, ids=name)
def test_console_blocks(page: Path, checkout: Path) -> None:
    command = shutil.which("healthie", path=str(Path(sys.executable).parent))
    environment = os.environ | {"PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])}
    for block in blocks(page, "console"):
        assert command, "healthie is not installed: pip install -e '.[test]'"
        for step in re.split(r"^\$ ", block.body, flags=re.MULTILINE)[1:]:
            line, _, wanted = step.partition("\n")
            result = subprocess.run(
                ["/bin/sh", "-c", line], cwd=checkout, env=environment, capture_output=True, text=True, check=False
            )
            assert (result.stdout + result.stderr).rstrip() == wanted.rstrip(), f"{name(page)}:{block.line}: {line}"


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    text = BLOCK.sub("", page.read_text(encoding="utf-8"))
    linked = {page.parent / link for link in LINK.findall(text)}
    assert not {path for path in linked - MADE if not path.exists()}


def test_both_readmes_have_the_same_examples() -> None:
    english, chinese = (
        [(block.kind, block.body) for block in blocks(ROOT / name, "bash", "console", "python", "pycon")]
        for name in ("README.md", "README.zh-CN.md")
    )
    assert english == chinese
    assert english


def test_the_readme_names_a_report_that_is_there() -> None:
    named = re.findall(r"corpora/[\w-]+\.txt", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert named
    assert all((ROOT / path).is_file() for path in named)
