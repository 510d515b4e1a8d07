"""``python -m cloudqa``."""

from cloudqa.cli.main import run

run()
