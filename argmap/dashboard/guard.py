"""What keeps the dashboard to this machine beyond Streamlit's settings in ``config.toml``."""

from __future__ import annotations

from streamlit import net_util

_NOWHERE = "127.0.0.1"


def stay_home() -> None:
    """Keep Streamlit from asking a machine on the web what this one's address is.

    It does so where a page of another site tries to connect, to see whether that page is its own
    under another name: a request that nobody here asked for, and a second in which nobody is
    served. The answer it would fetch is put down beforehand, as one that no other page can have.
    """
    net_util._external_ip = _NOWHERE
