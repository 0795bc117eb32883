"""How sure a label must be on the open debate, in plain words, and what that was measured by.

``show`` is a section that any page can call with the open debate.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from argmap.charts import reliability_figure, risk_coverage_figure
from argmap.dashboard import component, library, parts, session, words
from argmap.dashboard.session import Open
from argmap.dashboard.view import Element, el
from argmap.errors import ArgmapError
from argmap.stance import USES, Calibration, Use, read_calibration
from argmap.stance.calibration import REGISTER_WORDS, TARGETS, Chosen

_NAMES: dict[Use, str] = {"exploring": "Exploring", "citing": "Citing"}


def show(found: Open) -> None:
    """The switch between the uses, what it means, and both charts."""
    run = found.debate.run
    used = run.models.get("stance", "").partition("@")[0]
    if not used:
        return
    st.subheader("How sure must a label be?", anchor=False)
    try:
        calibration = read_calibration(used)
    except ArgmapError as error:
        parts.problem(error)
        return
    if calibration is None:
        component.show(
            el(
                "p",
                f"Nothing was measured of how sure {used} may be. Its labels are given from a "
                f"probability of {run.settings.get('threshold', 'unknown')} on; how many of them "
                "are wrong is not known.",
            ),
            key="view-unmeasured",
        )
        return
    _switch(found, calibration)
    component.show(*meaning(calibration, wanted_use(found)), key="view-meaning")
    left, right = st.columns(2, gap="medium")
    with left:
        parts.chart(
            reliability_figure(calibration),
            key="reliability",
            alt="How often the model is right against how sure it is. The table below says the "
            "same in numbers.",
            bar=False,
        )
    with right:
        parts.chart(
            risk_coverage_figure(calibration),
            key="risk-coverage",
            alt="Share of wrong labels against the share of sentences labelled, by threshold. "
            "The table below says the same in numbers.",
            bar=False,
        )
    with st.expander("The same in numbers", icon=":material/table:"):
        component.show(bin_table(calibration), threshold_table(calibration), key="view-numbers")


def wanted_use(found: Open) -> Use | None:
    """The use that the open debate's labels are for; ``None`` where a number was typed."""
    return next((use for use in USES if found.debate.run.settings.get("use") == use), None)


def _switch(found: Open, calibration: Calibration) -> None:
    job = session.browser().job
    busy = job is not None and job.live
    now = wanted_use(found)
    key = f"use-{found.info.id}-{found.info.updated.isoformat()}"
    picked = st.segmented_control(
        "What the labels are for",
        list(USES),
        default=now,
        format_func=lambda use: f"{_NAMES[use]} (from {calibration.threshold(use):.2f} on)",
        key=key,
        disabled=busy,
        help="No sentence is judged again: the labels follow from the probabilities that were "
        "kept. Points and links are made anew; your corrections stay.",
    )
    if picked is not None and picked != now and not busy:
        session.browser().job = library.start_relabel(
            found.info, calibration.threshold(picked), use=picked, owner=session.owner()
        )
        st.rerun()
    if now is None:
        threshold = found.debate.run.settings.get("threshold", "unknown")
        st.caption(f"Now: from a probability of {words.plain(str(threshold))} on, set by hand.")


def meaning(calibration: Calibration, use: Use | None) -> tuple[Element, ...]:
    """What each use promises, the present one first."""
    order = sorted(USES, key=lambda known: known != use)
    return tuple(
        el("p", *_meaning(calibration.of(known)), *_short_of_it(calibration, known))
        for known in order
    )


def _short_of_it(calibration: Calibration, use: Use) -> list[str]:
    """The other kinds of text on which no setting keeps the promise."""
    return [
        f" For {REGISTER_WORDS[other.register]} no setting keeps it: at their best one "
        f"{about(other.point.risk.value)} is wrong (n {other.point.risk.n:,})."
        for other in calibration.chosen
        if other.use == use
        and other.register != "all"
        and not other.reached
        and other != calibration.of(use)
    ]


def _meaning(chosen: Chosen) -> tuple[Element | str, ...]:
    point = chosen.point
    wrong = point.risk.value
    told = f" At this setting {about(wrong)} for/against labels is wrong"
    if not chosen.reached:
        target = about(TARGETS[chosen.use])
        told = (
            f" No setting keeps wrong labels down to {target}; at the best one {about(wrong)} "
            "for/against labels is wrong"
        )
    return (
        el("strong", f"{_NAMES[chosen.use]}."),
        f"{told} ({wrong:.0%}, 95% interval {point.risk.low:.0%} to {point.risk.high:.0%}), and "
        f"{point.coverage:.0%} of the sentences keep a label; the rest are unclear. Measured on "
        f"{words.count(point.risk.n, 'label')} for {REGISTER_WORDS[chosen.register]}, on motions "
        "that the model had not seen. On your texts it may be more.",
    )


def about(share: float) -> str:
    """A share as a person would say it: ``about 1 in 5``."""
    if share <= 0.005:
        return "fewer than 1 in 200"
    if share > 0.4:
        return f"about {round(share * 10)} in 10"
    return f"about 1 in {round(1 / share)}"


def bin_table(calibration: Calibration) -> Element:
    """The reliability chart as a table."""
    rows = [
        (
            REGISTER_WORDS[name],
            f"{b.low:.0%}–{b.high:.0%}",
            f"{b.confidence:.0%}",
            f"{b.accuracy:.0%}",
            f"{b.n:,}",
        )
        for name, bins in calibration.bins
        if name != "all"
        for b in bins
    ]
    return _table(("Measured on", "Sure by", "On average", "Right", "Sentences"), rows)


def threshold_table(calibration: Calibration) -> Element:
    """Every threshold that was chosen, by use and register."""
    rows = [
        (
            _NAMES[chosen.use],
            REGISTER_WORDS[chosen.register],
            f"{chosen.point.threshold:.2f}"
            + (" (used)" if chosen == calibration.of(chosen.use) else ""),
            f"{chosen.point.risk.value:.0%} of {chosen.point.risk.n:,}",
            f"{chosen.held_out.value:.0%} of {chosen.held_out.n:,}",
            f"{chosen.point.coverage:.0%}",
        )
        for chosen in calibration.chosen
    ]
    head = (
        "Use",
        "Measured on",
        "Least probability",
        "Wrong",
        "Wrong on other motions",
        "Labelled",
    )
    return _table(head, rows)


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Element:
    return el(
        "div",
        el(
            "table",
            el("thead", el("tr", *(el("th", cell) for cell in head))),
            el("tbody", *(el("tr", *(el("td", cell) for cell in row)) for row in rows)),
            css="votes",
        ),
        css="tablebox",
        scroll=True,
        label="The numbers of the chart",
    )
