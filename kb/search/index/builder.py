"""Builds a new index next to the old one, and the pointer file `CURRENT` that names the one in use.

index/CURRENT                              the id of a build
index/20261125T101500123456Z-3fa9/build.json     its inputs
index/20261125T101500123456Z-3fa9/…              the index itself
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from kb import fault_points
from kb.errors import Unavailable
from kb.search.analysis import collation, compounds, romanian, spelling_variants, stopwords, tokenizer, word_forms
from kb.search.analysis import term_matcher as terms
from kb.search.analysis.term_matcher import TermFinder
from kb.search.index import (
    index_document,
    lexicon,
    posting_buffer,
    postings,
    segment_decoder,
    stored_rows,
    whoosh_index,
)
from kb.search.index.array_store import save
from kb.search.index.index_document import IndexDocument
from kb.search.index.row_process import batches_of
from kb.search.index.segment_decoder import decode_written
from kb.search.index.stored_rows import rows_of
from kb.search.index.whoosh_index import IndexFiles, guarded
from kb.vocabulary.model import Vocabularies

# Increase this when the same documents give other tokens or facts: an index of another format is rebuilt.
FORMAT = 2
# All sources that determine the content of an index and its arrays.
SOURCES = (
    *(
        word_forms,
        collation,
        compounds,
        segment_decoder,
        index_document,
        whoosh_index,
        lexicon,
        posting_buffer,
        postings,
        romanian,
        stored_rows,
    ),
    *(spelling_variants, stopwords, terms, tokenizer),
)
POINTER = "CURRENT"
DESCRIPTION = "build.json"
_TIME = "%Y%m%dT%H%M%S%fZ"
_BUILD_ID = re.compile(r"\d{8}T\d{12}Z-[0-9a-f]{4}")  # ids sort by time


@dataclass(frozen=True)
class Build:
    """An index built once from all documents; `vocabulary` is the fingerprint of the labels it knows."""

    id: str
    created: datetime
    vocabulary: str
    languages: tuple[str, ...]

    def is_of(self, vocabularies: Vocabularies) -> bool:
        """Return whether it was built with the same terms and labels."""
        return self.vocabulary == _fingerprint(vocabularies)


def build_index(
    folder: Path,
    documents: Iterable[IndexDocument],
    vocabularies: Vocabularies,
    languages: Sequence[str],
    *,
    finder: TermFinder | None = None,
    progress: Callable[[int], None] | None = None,
    are_many: bool = False,
) -> str:
    """Write a new index of all documents, make `CURRENT` name it, and return its id.

    The build does not disturb readers of the old index, which is kept until the next build. `progress` receives the
    number of documents read so far. If two documents have the same key, the last one wins. `finder` is a term finder
    for these vocabularies, if the caller already has one. If the documents `are_many`, a second process makes the rows,
    with the same result.
    """
    previous = current_build(folder)
    now = datetime.now(UTC)
    build = Build(f"{now:{_TIME}}-{secrets.token_hex(2)}", now, _fingerprint(vocabularies), tuple(languages))
    files = IndexFiles.create(folder / build.id)
    counted = _counted(documents, progress)
    written = files.write(
        batches_of(counted, vocabularies) if are_many else rows_of(counted, finder or TermFinder(vocabularies))
    )
    for segment in files.segments():  # at most one: the segment just written
        save(folder / build.id, segment.id, decode_written(written))
    (folder / build.id / DESCRIPTION).write_text(_described(build), encoding="utf-8")
    fault_points.point("build-before-swap")
    _point(folder, build.id)
    fault_points.point("build-after-swap")
    _remove_before(folder, previous, keep=build.id)
    return build.id


def current_build(folder: Path) -> str:
    """Return the id of the build in use; empty if there is none."""
    try:
        name = (folder / POINTER).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""
    return name if _BUILD_ID.fullmatch(name) else ""


def open_build(folder: Path) -> tuple[Build, IndexFiles]:
    """Open the build in use. Raises `Unavailable` if it is missing, damaged or in another format."""
    name = current_build(folder)
    if not name:
        message = "no index has been built"
        raise Unavailable(message)
    with guarded():
        described = json.loads((folder / name / DESCRIPTION).read_text(encoding="utf-8"))
        if described["format"] != FORMAT or described["code"] != code_fingerprint():
            message = "the index was made by another version of the program"
            raise Unavailable(message)
        created = datetime.fromisoformat(described["created"])
        build = Build(name, created, described["vocabulary"], tuple(described["languages"]))
    return build, IndexFiles(folder / name)


def code_fingerprint() -> str:
    """Return a fingerprint of the code and libraries that compute word forms, because an index stores those forms."""
    return _CODE


def _code() -> str:
    sources = [Path(module.__file__ or "").read_bytes() for module in SOURCES]
    versions = [version(name).encode() for name in ("PyStemmer", "simplemma")]
    return hashlib.sha256(b"\0".join([*sources, *versions])).hexdigest()[:16]


_CODE = _code()  # at import: an update may replace the files while the process runs


def _counted(documents: Iterable[IndexDocument], progress: Callable[[int], None] | None) -> Iterator[IndexDocument]:
    for number, each in enumerate(documents, start=1):
        yield each
        if progress is not None:
            progress(number)


def _described(build: Build) -> str:
    said = {
        "format": FORMAT,
        "code": code_fingerprint(),
        "created": build.created.isoformat(),
        "vocabulary": build.vocabulary,
        "languages": build.languages,
    }
    return json.dumps(said, indent=1) + "\n"


def _point(folder: Path, name: str) -> None:
    """Replace the pointer file atomically; sync its content to disk before the rename."""
    temporary = folder / f"{POINTER}.{name}"
    with temporary.open("w", encoding="ascii") as file:
        file.write(name + "\n")
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(folder / POINTER)


def _remove_before(folder: Path, previous: str, *, keep: str) -> None:
    """Remove all builds older than the previously used one.

    Another process may still write a newer one. The build after next removes what a killed process left behind. `keep`
    is the new build, which sorts as older by name if the clock was set back.
    """
    for path in folder.iterdir():
        name = path.name.removeprefix(f"{POINTER}.")
        if _BUILD_ID.fullmatch(name) and name < previous and name != keep:
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def _fingerprint(vocabularies: Vocabularies) -> str:
    """Return a fingerprint of all labels, alternatives and broader terms."""
    terms = [
        (term.id, term.broader, dict(term.labels), {each: list(names) for each, names in term.alternatives.items()})
        for term in vocabularies.terms()
    ]
    aliases = {
        code: {each: list(n) for each, n in names.items()} for code, names in vocabularies.country_aliases.items()
    }
    institutions = {code: list(names) for code, names in vocabularies.institutions.items()}
    said = json.dumps([terms, aliases, institutions], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]
