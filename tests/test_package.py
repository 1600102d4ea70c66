from __future__ import annotations

import importlib.metadata
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import healthie

FUNCTIONS = {
    "compare",
    "extract",
    "extract_many",
    "facts_table",
    "find_numbers",
    "find_organisations",
    "find_periods",
    "find_programmes",
    "find_quantities",
    "find_regions",
    "find_systems",
    "link",
    "load",
    "panel",
    "parse_number",
    "read_document",
    "report_schema",
    "resolve_region",
}


def test_every_public_name_is_there() -> None:
    assert FUNCTIONS < set(healthie.__all__) <= set(dir(healthie))
    for name in healthie.__all__:
        assert getattr(healthie, name).__doc__


def test_no_public_name_is_that_of_a_module() -> None:
    """Importing such a module would put it in the place of the name."""
    modules = {path.stem for path in Path(healthie.__file__).parent.glob("*.py")}
    assert not modules & set(healthie.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'find_everything'"):
        _ = healthie.find_everything  # type: ignore[attr-defined]


def test_import_loads_nothing(run_python: Callable[..., str]) -> None:
    code = """
import sys
opened = []
sys.addaudithook(lambda event, args: event == "open" and opened.append(str(args[0])))
before = set(sys.modules)
import healthie
loaded = {name.partition(".")[0] for name in set(sys.modules) - before} - {"importlib"}
print(sorted(loaded - set(sys.stdlib_module_names)), [name for name in opened if "data" in name])
"""
    assert run_python(code).strip() == "['healthie'] []"


@pytest.mark.parametrize("module", sorted(path.stem for path in Path(healthie.__file__).parent.glob("[a-z]*.py")))
def test_a_module_opens_no_data_when_imported(module: str, run_python: Callable[..., str]) -> None:
    code = f"""
import sys
opened = []
sys.addaudithook(lambda event, args: event == "open" and opened.append(str(args[0]).replace("\\\\", "/")))
import healthie.{module}
print([name for name in opened if "healthie/data/" in name])
"""
    assert run_python(code).strip() == "[]"


def test_the_package_is_typed_and_says_its_version() -> None:
    assert (Path(healthie.__file__).parent / "py.typed").is_file()
    assert importlib.metadata.version("healthie") == healthie.__version__


def test_the_command_and_the_components_are_entry_points() -> None:
    distribution = importlib.metadata.distribution("healthie")
    names = {(point.group, point.name) for point in distribution.entry_points}
    assert ("console_scripts", "healthie") in names
    for kind in ("quantities", "periods", "regions", "programmes", "organisations", "systems", "facts"):
        assert ("spacy_factories", f"healthie_{kind}") in names
    for point in distribution.entry_points:
        assert callable(point.load())


def test_a_script_beside_a_file_called_numbers_can_use_the_library(tmp_path: Path) -> None:
    (tmp_path / "numbers.py").write_text("raise RuntimeError('not the standard library')\n", encoding="utf-8")
    script = tmp_path / "script.py"
    script.write_text("import healthie\nprint(healthie.parse_number('一百二').value)\n", encoding="utf-8")
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "120", done.stderr
