"""One writer at a time, whatever becomes of the other."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from cloudqa.errors import IndexUnusableError
from cloudqa.index.lock import LOCK_NAME, index_lock

HOLD = """
import sys, time
from pathlib import Path
from cloudqa.index.lock import index_lock
with index_lock(Path(sys.argv[1]), timeout_s=0):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path):
    """Another process that holds the lock."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE)
    assert process.stdout.readline() == b"held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_a_lock_that_is_held_is_waited_for_and_told(tmp_path, holder):
    told = []
    with (
        pytest.raises(IndexUnusableError, match="Another process is rebuilding"),
        index_lock(tmp_path, timeout_s=0.2, waiting=told.append),
    ):
        pass
    assert told == [str(holder.pid)]


def test_the_lock_of_a_killed_process_is_free(tmp_path, holder):
    holder.kill()
    holder.wait()
    with index_lock(tmp_path, timeout_s=0):
        assert (tmp_path / LOCK_NAME).read_text() == str(os.getpid())


def test_the_lock_is_free_again_afterwards(tmp_path):
    for _ in range(2):
        with index_lock(tmp_path / "new" / "index", timeout_s=0):
            pass


def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(IndexUnusableError, match="cannot be written to"), index_lock(tmp_path / "file", timeout_s=0):
        pass
