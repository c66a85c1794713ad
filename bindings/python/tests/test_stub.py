"""The stub says what the library says."""

import doctest
import inspect
import os
import re
from pathlib import Path

import mms_codec
import mms_codec._native as native
import pytest

STUB = Path(__file__).parents[1] / "python/mms_codec/_native.pyi"
REGION = re.compile(r"(?<=    # attributes\n).*(?=    # /attributes\n)", re.DOTALL)


def test_the_stub_lists_the_fields() -> None:
    text = STUB.read_text()
    lines = (f"    @property\n    def {name}(self) -> {of}: ...\n" for name, of, _ in mms_codec.attributes())
    expected = REGION.sub(lambda _: "".join(lines), text)
    if "UPDATE_STUB" in os.environ:
        STUB.write_text(expected)
    assert text == expected, "UPDATE_STUB=1 writes the fields into the stub"


def test_the_stub_has_every_name_of_the_module() -> None:
    text = STUB.read_text()
    for name in mms_codec.__all__:
        if not hasattr(native, name):
            continue
        assert re.search(rf"^(def|class) {name}\b", text, re.MULTILINE), name
        thing = getattr(native, name)
        assert inspect.getdoc(thing), f"{name} has no documentation"
        own = vars(thing) if inspect.isclass(thing) else {}
        for member in own:
            if not member.startswith("_"):
                assert re.search(rf"^    def {member}\b", text, re.MULTILINE), f"{name}.{member}"


def test_examples_in_the_documentation(monkeypatch: pytest.MonkeyPatch) -> None:
    package = Path(__file__).parents[1]
    monkeypatch.chdir(package.parents[1])
    for failed, tried in (
        doctest.testfile(str(package / "README.md"), module_relative=False),
        doctest.testmod(mms_codec),
    ):
        assert tried > 0 == failed
