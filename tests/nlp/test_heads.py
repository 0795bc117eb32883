import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.errors import ModelError
from argmap.nlp.heads import Head, read_head


@given(st.permutations(["entailment", "neutral", "contradiction"]))
def test_any_order_of_three_is_read(names: list[str]) -> None:
    head = read_head(dict(enumerate(names)))
    assert head.layout == "nli"
    assert [names[i] for i in head.columns] == ["entailment", "contradiction", "neutral"]


@pytest.mark.parametrize(
    ("names", "head"),
    [
        (("Not-Entailment", "Entailment"), Head("entailment", (1, 0))),
        (("against", "none", "favor"), Head("stance", (2, 0, 1))),
        (("Support", "Oppose", "Neutral"), Head("stance", (0, 1, 2))),
    ],
)
def test_names_are_read_whatever_their_spelling(names: tuple[str, ...], head: Head) -> None:
    assert read_head(dict(enumerate(names))) == head


@pytest.mark.parametrize(
    "names", [("yes", "no"), ("entailment",), ("a", "b", "c"), ("entailment", "entailment"), ()]
)
def test_what_is_no_layout_is_refused(names: tuple[str, ...]) -> None:
    with pytest.raises(ModelError, match="outputs are named"):
        read_head(dict(enumerate(names)))


def test_the_user_may_say_what_the_outputs_are() -> None:
    plain = {0: "LABEL_0", 1: "LABEL_1", 2: "LABEL_2"}
    assert read_head(plain, labels=("con", "none", "pro")) == Head("stance", (2, 0, 1))
    with pytest.raises(ModelError, match="3 outputs and 2 names"):
        read_head(plain, labels=("pro", "con"))
