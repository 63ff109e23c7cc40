"""Application factory: creates the Flask application and registers everything in order, from top to bottom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from inspect import iscoroutinefunction
from threading import Thread

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

import kb.accounts.model
import kb.editing.model
import kb.following.model
import kb.history.model
import kb.notifications.model
import kb.workshops.model  # noqa: F401 - the tables of all are known once they are imported
from kb.accounts.retention import forget
from kb.config import ROOT, Settings
from kb.content_store.reference_data import FOLDERS
from kb.content_store.store import ContentStore
from kb.conversion.download_counts import fold
from kb.db import configure
from kb.db_timeouts import bound
from kb.editing.suggestions.answer import forget_old
from kb.editing.suggestions.confirmation import forget_requests
from kb.extensions import csrf, db, sign_in
from kb.flask_config import flask_config
from kb.following.queue import has_due
from kb.following.subscriptions import forget_unconfirmed
from kb.notifications.outbox import forget_notifications
from kb.publishing.discarded_drafts import erase_long_discarded
from kb.publishing.follower import Follower, Job, prune_replaced, utc_now
from kb.publishing.retention import Retention
from kb.publishing.scheduler import publish_due
from kb.web.accounts import emails, notification_emails
from kb.web.attachments.forms import LARGEST_REQUEST
from kb.web.blueprints import BLUEPRINTS, SITE_MAP
from kb.web.editor import editing_links, outdated_translations
from kb.web.editor.form import completeness
from kb.web.editor.translation import memory_page
from kb.web.following.sending import send_due
from kb.web.http import (
    assets,
    auth,
    compression,
    country_urls,
    errors,
    i18n,
    layout,
    log_privacy,
    rendering,
    request_bodies,
    security,
)
from kb.web.http.faster_flask import Site
from kb.web.labels import kinds, roles
from kb.web.machines import health, sitemap
from kb.web.parts import formats
from kb.web.search import workshop_results
from kb.web.tools.convert import download_counter
from kb.workshops.feedback.rate_limit import forget_attempts


def create_app(
    settings: Settings | None = None,
    *,
    follow: bool = True,
    store: ContentStore | None = None,
    now: Callable[[], datetime] = utc_now,
) -> Flask:
    """Create the application. Commands that only need its database do not `follow` changes of other processes."""
    settings = settings or Settings.from_environment()
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)  # it holds the database of people
    app = Site("kb", root_path=str(ROOT / "kb"), static_folder=None, template_folder="web/templates")
    app.config.from_mapping(flask_config(settings))
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    # Database and content store.
    db.init_app(app)
    # The extension closes asynchronous sessions, which we do not use, in a thread that it starts for each request. That
    # takes five times as long as the rest of a cached response.
    app.teardown_appcontext_funcs = [each for each in app.teardown_appcontext_funcs if not iscoroutinefunction(each)]
    with app.app_context():
        configure(db.engine)
        if follow:  # a command, such as a migration or a backup, may take long
            bound(db.engine)
        sessions = db.sessionmaker
    app.extensions["clock"] = now
    app.extensions["store"] = store or ContentStore(settings.content, settings.data)
    app.extensions["store"].refresh()

    # User, language, and protection of the response.
    i18n.init_app(app, settings.languages, str(ROOT / "kb" / "messages"))
    country_urls.init_app(app)
    sign_in.init_app(app, add_context_processor=False)
    csrf.init_app(app)
    request_bodies.init_app(app, LARGEST_REQUEST)
    auth.init_app(app)
    security.init_app(app)

    # Modules that process responses; they run in reverse order, the last one first.
    compression.init_app(app)
    rendering.init_app(app)
    layout.init_app(app)
    formats.init_app(app)
    editing_links.init_app(app)
    kinds.init_app(app)
    completeness.init_app(app)
    outdated_translations.init_app(app)
    roles.init_app(app)
    assets.init_app(app, fixed=(settings.content / name for name in FOLDERS))
    errors.init_app(app)
    log_privacy.init_app(app)
    download_counter.init_app(app, sessions)
    health.init_app(app, sessions)
    sitemap.init_app(app, SITE_MAP)
    workshop_results.init_app(app)
    memory_page.init_app(app)

    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)

    # One thread in each serving process follows the changes of other processes and of editors.
    if follow:
        follower = Follower(app.extensions["store"], sessions, jobs=jobs_of(app, settings))
        app.extensions["follower"] = follower
        app.before_request(follower.start)
        follower.wake_on_hangup()
        # Otherwise the first search would wait for word lists.
        Thread(target=app.extensions["store"].engine.warm, name="warming", daemon=True).start()
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, settings.proxies, settings.proxies, x_host=0)  # type: ignore[method-assign]
    return app


def jobs_of(app: Flask, settings: Settings) -> list[Job]:
    """Return the periodic jobs, which one of the serving processes runs."""
    by_age: list[Job] = [
        erase_long_discarded,
        prune_replaced,
        lambda session, _store, moment: forget_old(session, days=settings.suggestion_days, now=moment),
        lambda session, _store, moment: forget(session, moment, audit_days=settings.audit_days),
        lambda session, _store, moment: fold(session, moment),
        lambda session, _store, moment: forget_attempts(session, moment),
        lambda session, _store, moment: forget_requests(session, moment),
        lambda session, _store, moment: forget_notifications(session, moment),
        lambda session, _store, moment: forget_unconfirmed(session, moment),
    ]
    return [
        partial(publish_due, four_eyes=settings.four_eyes),
        Retention(by_age),
        lambda session, _store, _moment: app.extensions["public workshops"].refresh(session),
        emails.Outbox(app),
        emails.Outbox(app, notification_emails.has_notifications, notification_emails.send_notifications),
        emails.Outbox(app, has_due, send_due),
    ]
