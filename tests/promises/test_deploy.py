"""The files for operators in `docs/deploy/` match the program."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.config import Settings
from kb.web.attachments.forms import LARGEST_REQUEST
from tests.house import TEXT, TestHouse, a_house
from tests.site import migrated_database

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "docs" / "deploy"
NGINX = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")


def test_nginx_takes_what_the_site_takes_and_reads_it_whole() -> None:
    assert f"client_max_body_size {LARGEST_REQUEST // 1024**2}m;" in NGINX
    assert LARGEST_REQUEST % 1024**2 == 0
    assert "proxy_request_buffering on;" in NGINX
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in NGINX


def test_nginx_logs_no_parameters_and_the_manual_shows_the_same_map() -> None:
    log_format = re.search(r"log_format praxis_paths '([^']+)'", NGINX)
    assert log_format is not None
    assert not {"$request ", "$request_uri", "$args", "$query_string"} & set(
        re.split(r'(?<=\w)(?=[ "])', log_format[1])
    )
    assert "$praxis_path" in log_format[1]
    manual = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    (ours,), (shown,) = (re.findall(r"map \$uri \S+ (\{.*\})", each) for each in (NGINX, manual))
    assert ours == shown


def test_the_settings_of_the_service_are_settings(tmp_path: Path) -> None:
    lines = (DEPLOY / "praxis.env").read_text(encoding="utf-8").splitlines()
    given = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert [value for value in given.values() if '"' in value] == []  # systemd would remove quotes, podman would not
    folders = {"KB_CONTENT": str(ROOT / "content"), "KB_DATA": str(tmp_path)}
    settings = Settings.from_environment({**given, **folders})
    assert (settings.proxies, settings.is_secure) == (1, True)


def test_the_container_copies_what_is_there() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    lines = re.findall(r"^COPY (?!--from)(?:--\S+ )?(.*) \S+$", text, re.MULTILINE)
    named = [name for line in lines for name in line.split()]
    assert {"kb", "migrations", "content", "Makefile"} <= set(named)
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path) -> None:
    for unit in DEPLOY.glob("praxis*.[st]*"):
        text = re.sub(
            r"^ExecStart=\S+", f"ExecStart={sys.executable}", unit.read_text(encoding="utf-8"), flags=re.MULTILINE
        )
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    units = sorted(tmp_path.iterdir())
    assert [each.name for each in units] == ["praxis-backup.service", "praxis-backup.timer", "praxis.service"]
    command = ["systemd-analyze", "verify", "--man=no", *map(str, units)]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (found.returncode, found.stdout + found.stderr) == (0, "")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[TestHouse]:
    made = a_house(tmp_path)
    made.write(TEXT)
    made.data.mkdir(exist_ok=True)
    (made.data / "kb.sqlite").write_bytes(migrated_database())
    yield made
    made.close()


@pytest.mark.slow
@pytest.mark.long  # it starts six processes
def test_the_backup_of_a_night_is_proved_before_old_ones_go(house: TestHouse, tmp_path: Path) -> None:
    command, store, rest = tmp_path / "bin" / "kb", tmp_path / "store", tmp_path / "tmp"
    for folder in (command.parent, store, rest):
        folder.mkdir()
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m kb "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    old = store / "praxis-20200101-023000.zip"
    old.touch()
    os.utime(old, (0, 0))
    environment = {
        "PATH": f"{command.parent}:/usr/bin:/bin",
        "PYTHONPATH": str(ROOT),
        "TMPDIR": str(rest),
        "KB_CONTENT": str(house.content),
        "KB_DATA": str(house.data),
    }

    def run() -> subprocess.CompletedProcess[str]:
        script = [str(DEPLOY / "backup.sh"), str(store)]
        return subprocess.run(script, env=environment, capture_output=True, text=True, check=False)

    subprocess.run([str(command), "search", "rebuild"], env=environment, check=True, capture_output=True)
    done = run()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Backup restored and verified." in done.stdout
    (made,) = store.iterdir()  # the old file is gone
    assert made.stat().st_mode & 0o777 == 0o600
    assert list(rest.iterdir()) == []
    old.touch()
    os.utime(old, (0, 0))
    (house.data / "kb.sqlite").write_bytes(b"no database at all" * 1000)
    assert run().returncode != 0
    assert old.exists()
