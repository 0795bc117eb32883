"""How far the model and the readers agree, and thresholds set by what the readers judged."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from argmap.charts import SIGNS
from argmap.corrections import Agreement, Agreements
from argmap.dashboard import component, library, models, render, session, words
from argmap.dashboard.reliability import about, wanted_use
from argmap.dashboard.session import Open
from argmap.dashboard.view import Element, el
from argmap.records import LABELS
from argmap.stance import Refit, Refitted, Use, threshold_in

_USE_WORDS: dict[Use, str] = {"exploring": "Exploring", "citing": "Citing"}


def show(found: Open) -> None:
    """Draw the agreement of this debate's labels, then the thresholds."""
    agreements, refit = models.agreements(found.info.id, found.info.updated)
    st.subheader("Model and person", anchor=False)
    component.show(*told(found, agreements), key="view-agreement")
    if agreements.all.n:
        with st.expander("By motion and by person", icon=":material/table:"):
            component.show(*apart(found, agreements), key="view-agreement-apart")
    st.subheader("Thresholds from your labels", anchor=False)
    _thresholds(found, refit)


# --- agreement -------------------------------------------------------------------------------


def told(found: Open, agreements: Agreements) -> tuple[Element, ...]:
    """The agreement on drawn sentences, and on all that were judged, with their tables."""
    if not agreements.all.n:
        return (
            render.empty(
                "Nobody has judged a sentence yet",
                "Judge some under One by one: they are drawn at random, so that right labels come "
                "up as readily as wrong ones.",
            ),
        )
    drawn = agreements.drawn
    fair = (
        el(
            "p",
            el("strong", "Drawn at random. "),
            line(drawn),
            " As many are drawn from labels that the model is unsure of as from sure ones, so over "
            "the whole debate the share is another.",
        )
        if drawn.n
        else el(
            "p",
            el("strong", "Drawn at random. "),
            "None yet. Judge some under One by one; only they tell how far to trust the model.",
        )
    )
    every = el(
        "p",
        el("strong", "All that was judged. "),
        line(agreements.all),
        " Most people correct what looks wrong, so this is no measure of the model.",
    )
    return (fair, every, confusion(drawn if drawn.n else agreements.all))


def line(agreement: Agreement) -> str:
    """``24 of 30 labels are alike, 80% [63%, 91%]; kappa 0.66 [0.41, 0.85].``"""
    share, kappa = agreement.share, agreement.kappa
    chance = (
        "; kappa is not defined, for one label was given throughout"
        if kappa is None
        else f"; kappa {kappa.value:.2f} [{kappa.low:.2f}, {kappa.high:.2f}], where 0 is what "
        "chance would give and 1 full agreement"
    )
    return (
        f"{share.count:,} of {words.count(share.total, 'label')} alike, "
        f"{words.percent(share.value)} [{words.percent(share.low)}, {words.percent(share.high)}]"
        f"{chance}."
    )


def confusion(agreement: Agreement) -> Element:
    """What the model said against what the person said, as a small table."""
    heads = [f"{SIGNS[label]} {words.LABEL_WORDS[label]}".strip() for label in LABELS]
    rows = [
        (f"Model: {head}", *(f"{number:,}" for number in counts))
        for head, counts in zip(heads, agreement.counts, strict=True)
    ]
    return _table(("", *(f"Person: {head}" for head in heads)), rows)


def apart(found: Open, agreements: Agreements) -> tuple[Element, ...]:
    """The agreement by motion, by person, and of each two persons."""
    motions = {topic.id: topic.motion for topic in found.debate.topics}
    # The open motion first.
    topics = sorted(agreements.topics, key=lambda pair: pair[0] != found.topic.id)
    rows = [("Motion", motions[topic], one) for topic, one in topics]
    rows += [("Person and model", author, one) for author, one in agreements.authors]
    rows += [
        ("Two persons", f"{first} and {second}", one) for first, second, one in agreements.between
    ]
    return (
        _table(
            ("", "", "Labels", "Alike", "Kappa"),
            [
                (
                    kind,
                    words.shorten(name, 120),
                    f"{one.n:,}",
                    f"{words.percent(one.share.value)} [{words.percent(one.share.low)}, "
                    f"{words.percent(one.share.high)}]",
                    f"{one.kappa.value:.2f} [{one.kappa.low:.2f}, {one.kappa.high:.2f}]"
                    if one.kappa
                    else "not defined",
                )
                for kind, name, one in rows
            ],
        ),
    )


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Element:
    return el(
        "div",
        el(
            "table",
            el("thead", el("tr", *(el("th", cell) for cell in head))),
            el("tbody", *(el("tr", *(el("td", cell, css="apart") for cell in r)) for r in rows)),
            css="votes",
        ),
        css="tablebox",
        scroll=True,
    )


# --- thresholds ------------------------------------------------------------------------------


def _thresholds(found: Open, refit: Refit) -> None:
    now = threshold_in(found.debate.run.settings)
    use = wanted_use(found)
    told_use = f" ({_USE_WORDS[use].lower()})" if use else ", set by hand"
    component.show(
        el("p", f"Now a label is given from a probability of {now:.2f} on{told_use}."),
        *missing(refit),
        *(meaning(one) for one in refit.thresholds),
        key="view-refit",
    )
    if not refit.enough:
        st.progress(
            min(1.0, refit.sided / max(1, refit.sided + refit.more)),
            text=f"{refit.sided:,} of {refit.sided + refit.more:,} drawn sentences that the "
            "model holds for or against",
        )
    job = session.browser().job
    busy = job is not None and job.live
    with st.container(horizontal=True, key="refit-buttons"):
        for one in refit.thresholds:
            st.button(
                f"{_USE_WORDS[one.use]}: label from {one.point.threshold:.2f} on",
                key=f"refit-{one.use}",
                disabled=busy or one.point.threshold == now,
                help="No sentence is judged again. Points and links are made anew; your "
                "corrections stay.",
                on_click=_relabel,
                args=(found, one.point.threshold, None),
            )
        before = session.browser().thresholds.get(found.info.id)
        if before is not None and before[0] != now:
            old, old_use = before
            st.button(
                f"Back to {old:.2f}{f' ({_USE_WORDS[old_use].lower()})' if old_use else ''}",
                key="refit-back",
                icon=":material/undo:",
                disabled=busy,
                on_click=_relabel,
                args=(found, old, old_use),
            )


def missing(refit: Refit) -> tuple[Element, ...]:
    """What is still to be judged before thresholds can be chosen."""
    if refit.enough:
        return ()
    lines = [
        f"{words.count(refit.more, 'more drawn sentence')} that the model holds for or against "
        "must be judged until thresholds can be chosen by your labels."
    ]
    lines += [
        f"On “{words.shorten(motion, 120)}” {words.count(more, 'more sentence')} must be judged "
        "before its labels count."
        for motion, more in refit.short
    ]
    return tuple(el("p", text) for text in lines)


def meaning(one: Refitted) -> Element:
    """What a threshold from the readers' labels does, in words."""
    point, held = one.point, one.held_out
    keeps = (
        ""
        if one.reached
        else " No setting keeps wrong labels as few as it should; this is the best."
    )
    return el(
        "p",
        el("strong", f"{_USE_WORDS[one.use]}: from {point.threshold:.2f} on."),
        f"{keeps} {about(point.risk.value).capitalize()} for/against labels is wrong "
        f"({words.percent(point.risk.value)}, 95% interval {words.percent(point.risk.low)} to "
        f"{words.percent(point.risk.high)}, n {point.risk.n:,}), and "
        f"{words.percent(point.coverage)} of the sentences keep a label. On sentences that it "
        f"was not chosen on {words.percent(held.value)} are wrong. It holds for these motions "
        "and says nothing of others.",
    )


def _relabel(found: Open, threshold: float, use: Use | None) -> None:
    state = session.browser()
    now = threshold_in(found.debate.run.settings)
    state.thresholds[found.info.id] = (now, wanted_use(found))
    state.job = library.start_relabel(found.info, threshold, use=use, owner=session.owner())
