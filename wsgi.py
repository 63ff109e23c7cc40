"""The application for a server: `granian --interface wsgi wsgi:app`."""

from kb.app import create_app

app = create_app()
