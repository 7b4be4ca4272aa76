"""`okrlab export` and `okrlab import`."""

from __future__ import annotations

import csv
import io
import json
import stat
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from okrlab.cli import export, import_
from okrlab.content import Library
from okrlab.errors import OkrlabError
from okrlab.storage import open_store
from tests.assessment.examples import attempt

ENDINGS = {"gift": "txt", "moodle": "xml", "qti": "zip", "jupyterquiz": "json", "anki": "apkg"}


def out(*arguments: object) -> Result:
    """Run `okrlab export`; errors of okrlab come through."""
    return CliRunner().invoke(export.app, [str(a) for a in arguments], catch_exceptions=False)


def into(*arguments: object) -> Result:
    """Run `okrlab import`."""
    return CliRunner().invoke(import_.app, [str(a) for a in arguments], catch_exceptions=False)


@pytest.mark.parametrize("form", [*ENDINGS, "csv"])
def test_a_concept_in_each_format(tmp_path: Path, form: str) -> None:
    """Written to a new file; what was written and left out is told."""
    path = tmp_path / "new" / f"file.{ENDINGS.get(form, form)}"
    result = out(form, "--concept", "kpi-definition", "--out", path)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Wrote {path}.\n")
    count = sum(not i.held_out for i in Library().bank("kpi-definition"))
    assert f"{count} questions." in result.stdout
    assert path.stat().st_size > 1000
    assert list(path.parent.iterdir()) == [path]
    before = path.read_bytes()
    with pytest.raises(OkrlabError, match="exists already"):
        out(form, "--concept", "kpi-definition", "--out", path)
    assert path.read_bytes() == before


def test_shown_without_a_file() -> None:
    """Text formats; remarks go elsewhere, so that the text can be piped."""
    result = out("jupyterquiz", "--deck", "kpi-or-key-result")
    assert len(json.loads(result.stdout)) == len(Library().deck("kpi-or-key-result").cards)
    assert "questions." in result.stderr
    for form in ("qti", "anki"):
        with pytest.raises(OkrlabError, match="Name a file: --out okrlab"):
            out(form)


def test_what_is_kept_aside_stays_at_home(tmp_path: Path) -> None:
    """Unless it is asked for; why, is told."""
    held = [item.id for item in Library().items.values() if item.held_out]
    assert len(held) > 30
    result = out("gift")
    assert not any(f"[id:{name}]" in result.stdout for name in held)
    assert f"Left out: {len(held)} kept aside" in result.stderr
    result = out("gift", "--held-out")
    assert all(f"[id:{name}]" in result.stdout for name in held)
    assert "kept aside" not in result.stderr
    with pytest.raises(OkrlabError, match=r"measure nothing any more.*--held-out"):
        out("moodle", "--quiz", "final")
    package = tmp_path / "final.zip"
    out("qti", "--quiz", "final", "--held-out", "--out", package)
    items = [n for n in zipfile.ZipFile(package).namelist() if n.startswith("items/")]
    assert len(items) == len(Library().quiz("final").items)


def test_a_quiz_that_draws_gives_all_that_it_may_deal() -> None:
    """Its concepts' items, without lines to write where it deals none."""
    content = Library()
    quiz = content.quiz("two-jobs")
    dealt = {i.id for d in quiz.draw for i in content.bank(d.concept) if d.takes(i)}
    rows = csv.DictReader(io.StringIO(out("csv", "--quiz", "two-jobs").stdout))
    found = {row["\ufeffid"] for row in rows}
    assert all(any(f == d or f.startswith(f"{d}-") for d in dealt) for f in found)
    assert all(any(f == d or f.startswith(f"{d}-") for f in found) for d in dealt)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["gif"], "Did you mean “gift”"),
        (["gift", "--concept", "kpi-definitio"], "Did you mean “kpi-definition”"),
        (["gift", "--deck", "nowhere"], "no deck called “nowhere”"),
        (["gift", "--quiz", "finall"], "Did you mean “final”"),
        (["xapi", "--deck", "kpi-or-key-result"], "exports attempts"),
        (["gift", "--names"], "exports questions"),
        (["xapi", "--home-page", "ftp://x"], "no address of a system"),
        (["xapi", "--learner", "nobody"], "no learner called “nobody”"),
    ],
)
def test_what_cannot_be_is_said(arguments: list[str], said: str) -> None:
    """With what to do."""
    with pytest.raises(OkrlabError, match=said):
        out(*arguments)


def test_attempts_under_pseudonyms(okrlab_home: Path) -> None:
    """The same every time; real names only when asked for."""
    store = open_store()
    store.add([attempt(1), attempt(2, learner="bob", response={"text": "=1+1"})])
    store.close()
    first, again = out("xapi").stdout, out("xapi").stdout
    assert first == again
    actors = {json.loads(line)["actor"]["account"]["name"] for line in first.splitlines()}
    assert len(actors) == 2
    assert not actors & {"ada", "bob"}
    table = out("attempts").stdout
    assert {row[1] for row in csv.reader(io.StringIO(table))} == {"learner", *actors}
    named = out("attempts", "--names", "--learner", "bob").stdout
    assert [row[1] for row in csv.reader(io.StringIO(named))] == ["learner", "bob"]
    key = okrlab_home / "pseudonyms.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    key.write_bytes(b"short")
    with pytest.raises(OkrlabError, match="Move that file away"):
        out("xapi")


def test_import(tmp_path: Path) -> None:
    """A bank file, what was left out, and what to do next."""
    file = tmp_path / "quiz.txt"
    file.write_text("A?{=b ~c}\n\nWho?{=me}\n", encoding="utf-8")
    bank = tmp_path / "own" / "bank.yaml"
    result = into("gift", file, "--out", bank, "--concept", "kpi-definition")
    assert result.exit_code == 0
    first, left, then = result.stdout.splitlines()
    gaps = bank.read_text(encoding="utf-8").count("# GAP:")
    assert first == f"Wrote {bank}: 1 item with {gaps} gaps to fill."
    assert left.startswith("Left out, line 3: short answers")
    assert then.endswith(f"okrlab author check {bank}")
    assert "concept: kpi-definition\n" in bank.read_text(encoding="utf-8")
    before = bank.read_bytes()
    with pytest.raises(OkrlabError, match="exists already"):
        into("gift", file, "--out", bank)
    assert bank.read_bytes() == before


def test_import_says_what_is_wrong(tmp_path: Path) -> None:
    """An unknown format or concept, a file of another kind."""
    file = tmp_path / "quiz.txt"
    file.write_text("A?{=b ~c}\n", encoding="utf-8")
    bank = tmp_path / "bank.yaml"
    with pytest.raises(OkrlabError, match="no format called “qti”"):
        into("qti", file, "--out", bank)
    with pytest.raises(OkrlabError, match="Did you mean “metric-kr”"):
        into("gift", file, "--out", bank, "--concept", "metric-krs")
    with pytest.raises(OkrlabError, match="is no JSON"):
        into("jupyterquiz", file, "--out", bank)
    assert not bank.exists()


def test_there_and_back(tmp_path: Path) -> None:
    """What one computer exports another imports."""
    file = tmp_path / "file.csv"
    out("csv", "--concept", "xmr-limits", "--out", file)
    result = into("csv", file, "--out", tmp_path / "bank.yaml")
    rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))))
    assert f"bank.yaml: {len(rows)} items with" in result.stdout
    assert "Left out" not in result.stdout
