"""The application for a server: `granian --interface wsgi wsgi:app`."""

import gc

# What is made at the start stays until the end: not looking through it for garbage makes the start a sixth faster, and
# later no request waits while the whole catalog is looked through.
gc.disable()

from kb.app import create_app  # noqa: E402

app = create_app()

gc.freeze()
gc.enable()
