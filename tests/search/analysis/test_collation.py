from __future__ import annotations

import pytest

from kb.search.analysis.collation import sort_key


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("lt", ["Abc", "ąžuolas", "baltas", "cukrus", "čekis", "ilgas", "yra", "iš", "jis", "sala", "šalis", "žalias"]),
        ("ro", ["an", "ară", "ăsta", "âncă", "bun", "in", "în", "sat", "șase", "tare", "țară", "un"]),
        ("pt", ["a", "água", "ama", "não", "nata", "órgão", "osso"]),
        ("it", ["città", "cittadino", "è", "era", "perché", "perciò"]),
        ("en", ["“A” is first", "apple", "Barnahus", "café", "zebra"]),
    ],
)
def test_words_stand_as_readers_expect(language: str, words: list[str]) -> None:
    assert sorted(set(words), key=lambda word: sort_key(word, language)) == words
