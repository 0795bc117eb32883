"""Argument Mapper's dashboard: ``streamlit run app.py``."""

import streamlit as st

from argmap import logs
from argmap.dashboard import faults, frame, guard, pages_dir, parts, safekeeping, session, signin
from argmap.errors import StoreError

# A file of our own: Streamlit fetches named icons for the tab from the web.
st.set_page_config(
    page_title="Argument Mapper",
    page_icon=str(pages_dir().parent / "assets" / "icon.svg"),
    layout="wide",
)
logs.configure()
guard.stay_home()
faults.guard_buttons()
parts.style()
admitted = signin.admitted()
folder = pages_dir()
pages = [
    st.Page(folder / "debate.py", title="Debate", default=True),
    st.Page(folder / "tree.py", title="Argument tree", url_path="tree"),
    st.Page(folder / "stands.py", title="What stands", url_path="stands"),
    st.Page(folder / "speakers.py", title="Speakers", url_path="speakers"),
    st.Page(folder / "compare.py", title="Compare", url_path="compare"),
    st.Page(folder / "read.py", title="Read", url_path="read"),
    st.Page(folder / "correct.py", title="Correct", url_path="correct"),
    st.Page(folder / "differences.py", title="Differences", url_path="differences"),
    st.Page(folder / "model.py", title="Model", url_path="model"),
    st.Page(folder / "take_away.py", title="Take away", url_path="take-away"),
    st.Page(folder / "new.py", title="New debate", url_path="new"),
]
page = st.navigation(pages, position="top" if admitted else "hidden")
if not admitted:
    frame.show(signin.TITLE)
    signin.show()
    st.stop()
session.read_address()
session.browser().page = page.url_path
session.browser().paths = tuple(one.url_path for one in pages)
frame.show(page.title)
signin.bar()
faults.say()
if safekeeping.ready():
    try:
        parts.jobs(waiting=page.url_path == "new")
        page.run()
    except StoreError as error:
        safekeeping.trouble(error)
    except Exception as error:
        parts.fault(error, page.url_path)
        raise
    finally:
        session.write_address()
