"""Measure the matrix of translations: the page, with filters and as a table, on made-up records in 8 languages.

`python benchmarks/corpus.py make FOLDER --records 2000`, then `python benchmarks/matrix_speed.py FOLDER [--data DATA]`.
The first run makes log, snapshot and index in DATA (next to FOLDER by default). The corpus has five languages; the site
also gets the other languages of the vocabularies. So a fifth of the cells each are an original, fresh or stale, and
three columns are missing throughout. The target is one second for 2,000 records in 8 languages.
"""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from flask.testing import FlaskClient  # noqa: E402
from sqlalchemy import select  # noqa: E402

from benchmarks.loading import load, settings_of  # noqa: E402
from benchmarks.timing import CLOCKS, timed, use_clock  # noqa: E402
from kb.accounts.actions import create_user  # noqa: E402
from kb.accounts.model import Role, User  # noqa: E402
from kb.app import create_app  # noqa: E402
from kb.extensions import db  # noqa: E402
from kb.i18n import LANGUAGES, Language  # noqa: E402
from kb.publishing.follower import utc_now  # noqa: E402

ADDED = (Language("de", "Deutsch", "de_DE"), Language("fr", "Français", "fr_FR"), Language("es", "Español", "es_ES"))
EMAIL, PASSWORD = "matrix@example.org", "stone upon stone upon stone"
ADDRESSES = {
    "the matrix": "/en/desk/translations",
    "its last page": "/en/desk/translations?page=999",
    "stale ones in Italian, by a word": "/en/desk/translations?kind=practices&in=it&state=stale&q=a",
    "in a country and an area": "/en/desk/translations?country=PT&area=referral",
    "as a table": "/en/desk/translations.csv",
    "the desk": "/en/desk",
}


def main() -> None:
    """Parse the options and measure."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--data", type=Path)
    options.add_argument("--rounds", type=int, default=10)
    options.add_argument("--clock", choices=tuple(CLOCKS), default="wall", help="cpu where others use the machine")
    chosen = options.parse_args()
    use_clock(chosen.clock)
    data = chosen.data or chosen.folder.with_name(f"{chosen.folder.name}-var")
    load(chosen.folder, data)
    LANGUAGES.update({language.code: language for language in ADDED})
    settings = settings_of(chosen.folder, data).model_copy(update={"languages": tuple(LANGUAGES)})
    app = create_app(settings, follow=False)
    with app.app_context():
        if db.session.scalar(select(User).where(User.email == EMAIL)) is None:
            create_user(
                db.session,
                email=EMAIL,
                name="Matrix",
                password=PASSWORD,
                roles=[Role.TRANSLATOR],
                by=None,
                now=utc_now(),
            )
    client = app.test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    client.post("/en/sign-in", data={"email": EMAIL, "password": PASSWORD})
    count = len(app.extensions["store"].current().catalog.columns)
    print(f"{count} records in {len(LANGUAGES)} languages\n")
    print("| | first, ms | later, median / 95 %, ms |\n|---|--:|--:|")
    for name, address in ADDRESSES.items():
        timing = timed([partial(_answer, client, address)], chosen.rounds)
        print(f"| {name} | {timing.first[0]:.0f} | {timing.median:.0f} / {timing.most:.0f} |")


def _answer(client: FlaskClient, address: str) -> bytes:
    response = client.get(address)
    if response.status_code != 200:
        message = f"{address}: {response.status_code}"
        raise RuntimeError(message)
    return response.get_data()


if __name__ == "__main__":
    main()
