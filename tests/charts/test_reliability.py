from dataclasses import replace

from argmap.charts import reliability_figure, risk_coverage_figure
from tests.charts.figures import spec
from tests.samples import sample_calibration


def test_each_register_has_its_own_line_and_marker() -> None:
    drawn = spec(reliability_figure(sample_calibration()))["data"]
    names = [trace["name"] for trace in drawn]
    assert names == ["As right as it is sure", "Short arguments", "Sentences of running prose"]
    looks = {(t["marker"]["symbol"], t["line"]["dash"]) for t in drawn[1:]}
    assert len(looks) == 2


def test_points_stand_at_confidence_and_accuracy_and_grow_with_their_number() -> None:
    short = reliability_figure(sample_calibration()).data[1]
    assert list(short.x) == [0.45, 0.85] and list(short.y) == [0.5, 0.8]
    assert short.marker.size[0] < short.marker.size[1]
    assert "160 sentences" in short.hovertext[1]


def test_the_curve_marks_the_thresholds_in_use() -> None:
    figure = risk_coverage_figure(sample_calibration())
    by_name = {trace.name: trace for trace in figure.data}
    assert list(by_name["Short arguments"].x) == [0.75, 0.6, 0.5]
    # Exploring is at 0.70 and citing at 0.60, each on both registers' curves.
    assert list(by_name["Exploring: 0.70"].x) == [0.5, 0.5]
    assert list(by_name["Citing: 0.60"].x) == [0.6, 0.6]


def test_nothing_measured_is_said_in_words() -> None:
    bare = replace(sample_calibration(), bins=(), curves=())
    for figure in (reliability_figure(bare), risk_coverage_figure(bare)):
        assert "Nothing was measured" in str(figure.layout.annotations[0].text)
