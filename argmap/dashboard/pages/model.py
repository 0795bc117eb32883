"""Which model judged the open debate, how far to trust it, and judging it again with another."""

from __future__ import annotations

import time
from pathlib import Path

import streamlit as st

from argmap.dashboard import (
    about,
    component,
    library,
    models,
    parts,
    reliability,
    render,
    session,
    shelf,
    words,
)
from argmap.dashboard.session import Open
from argmap.dashboard.view import el
from argmap.errors import ArgmapError
from argmap.nlp import ModelEntry, list_models
from argmap.nlp.registry import find_model

# Enough sentences to time a model by, and few enough to wait for.
_TIMED = 64
_OTHER = "\x00folder"


def _entries() -> dict[str, ModelEntry]:
    return {entry.id: entry for entry in list_models() if entry.task == "stance"}


def _judged(found: Open, entries: dict[str, ModelEntry]) -> None:
    """What is known of the model that gave the labels on the screen."""
    run = found.debate.run
    used, _, revision = run.models.get("stance", "").partition("@")
    entry = entries.get(used)
    if not used:
        component.show(
            render.heading(
                "No model judged this debate",
                "It was opened from an argument graph; the sides follow from the graph's links.",
            )
        )
        return
    title = entry.title if entry is not None else used
    threshold = run.settings.get("threshold", "")
    component.show(
        render.heading(
            f"Judged by {title}",
            entry.note if entry is not None else "",
            f"{used}, its hash beginning with {revision}.",
        ),
        render.facts(
            (
                (f"{threshold}", "least probability of a label"),
                (entry.licence if entry is not None else "not known", "licence"),
                (f"{entry.size_mb:,.0f} MB" if entry is not None else "not known", "size"),
            )
        ),
    )
    if entry is None:
        parts.problem(
            f"The model “{used}” is not on this machine's list any more. Its labels stay; to "
            "judge again, choose a model below."
        )
    elif entry.available:
        _speed(found, entry)
        _card(entry)


def _card(entry: ModelEntry) -> None:
    card = entry.folder / "README.md"
    # Only cards that came with argmap are drawn as Markdown; a stranger's could hold anything.
    if entry.source == "shipped" and card.is_file():
        with st.expander("The model's card: data, scores, what was tried, caveats"):
            st.markdown(card.read_text(encoding="utf-8"))


def _speed(found: Open, entry: ModelEntry) -> None:
    place = f"speed-{entry.id}"
    if st.button("Measure its speed here", key=f"measure-{place}", icon=":material/speed:"):
        texts = [statement.text for statement in found.debate.statements[:_TIMED]]
        try:
            with st.spinner("Judging some of this debate's sentences"):
                classifier = models.classifier() if entry.default else models.chosen(entry.id)
                with models.queue().brief():
                    began = time.perf_counter()
                    classifier.predict_proba([(text, found.topic.motion) for text in texts])
                    seconds = time.perf_counter() - began
        except ArgmapError as error:
            parts.problem(error)
            return
        st.session_state[place] = (
            f"{len(texts) / max(seconds, 1e-6):,.0f} sentences a second, measured just now on "
            f"{words.count(len(texts), 'sentence')} of this debate and one motion."
        )
    if place in st.session_state:
        component.show(el("p", st.session_state[place], css="muted"), key=f"view-{place}")


def _choose(found: Open, entries: dict[str, ModelEntry]) -> str | None:
    """The model that the reader wants, checked to be there."""
    here = [entry.id for entry in entries.values() if entry.available]
    named = {entry.id: f"{entry.title} ({entry.size_mb:,.0f} MB)" for entry in entries.values()}
    wanted = st.selectbox(
        "Stance model",
        [*here, _OTHER],
        format_func=lambda i: named.get(i, "A model folder on this machine"),
        key="model-wanted",
    )
    if wanted != _OTHER:
        return wanted
    path = st.text_input(
        "Folder that the model was saved to",
        key="model-folder",
        help="With config.json, a tokeniser and safetensors weights in it. Nothing is fetched.",
    )
    if not (path or "").strip():
        return None
    try:
        find_model(str(Path(path.strip()).expanduser()), task="stance")
    except ArgmapError as error:
        parts.problem(error)
        return None
    return str(Path(path.strip()).expanduser())


def _again(found: Open, entries: dict[str, ModelEntry]) -> None:
    st.subheader("Judge again with another model", anchor=False)
    model_id = _choose(found, entries)
    own = shelf.changeable(found.info)
    keep = own and st.checkbox(
        "Keep the present labels as a debate of their own, to compare or go back to",
        value=True,
        key="model-keep",
    )
    job = session.browser().job
    busy = job is not None and job.live
    asked = st.button(
        "Judge again" if own else "Judge again, as a debate of my own",
        type="primary",
        disabled=busy or model_id is None or not found.debate.documents,
        icon=":material/gavel:",
    )
    st.caption(
        "Sources, motions and your corrections stay. The labels, points and links are made anew; "
        "Differences shows what changed."
    )
    if asked and model_id is not None:
        title = found.info.title
        label = entries[model_id].id if model_id in entries else Path(model_id).name
        session.browser().job = library.start_mapping(
            found.mapped.documents,
            found.mapped.topics,
            title=title if own else f"{title}, judged by {label}",
            session_id=found.info.id if own else None,
            model_id=None if model_id in entries and entries[model_id].default else model_id,
            keep_as=f"{title}, before {label}" if keep else None,
            owner=session.owner(),
        )
        st.rerun()


def _others(entries: dict[str, ModelEntry]) -> None:
    """The models that could be fetched, with the command that does it."""
    away = [entry for entry in entries.values() if not entry.available]
    if not away:
        return
    with st.expander("Larger models that can be fetched"):
        component.show(
            el(
                "p",
                "None is fetched by the dashboard. Each command below downloads one model, once, "
                "from the Hugging Face hub, and pins it.",
            ),
            *(
                el("p", f"{entry.title}, about {entry.size_mb:,.0f} MB, {entry.licence}. "
                   f"{entry.note}")
                for entry in away
            ),
            key="view-away",
        )  # fmt: skip
        st.code(
            "\n".join(f"argmap models pull {entry.id}" for entry in away),
            language=None,
            wrap_lines=True,
        )


def show() -> None:
    """Draw the page."""
    found = parts.header()
    try:
        entries = _entries()
    except ArgmapError as error:
        parts.problem(error)
        about.show()
        return
    if found is not None:
        _judged(found, entries)
        reliability.show(found)
        _again(found, entries)
    _others(entries)
    about.show()


show()
