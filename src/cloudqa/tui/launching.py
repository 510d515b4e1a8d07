"""Opening the interface in the terminal of this process."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cloudqa.settings import Settings

SWITCH_INTERVAL_S = 0.0005
"""How long one thread may keep the interpreter while another wants it: short, so that typing never waits for one."""


def launch(settings: Settings) -> int:
    """Opens the interface and returns its exit code when the user leaves it.

    Args:
        settings: Where corpus and index are.
    """
    from cloudqa.tui.app import CloudQAApp

    sys.setswitchinterval(SWITCH_INTERVAL_S)
    app = CloudQAApp(settings)
    app.run()
    return app.return_code or 0
