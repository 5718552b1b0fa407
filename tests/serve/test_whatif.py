"""`tabletop whatif`: the page shows what an experiment over the same worlds gives, to this machine alone."""

import re
import signal
import socket
import sys

import numpy as np
import pytest

from serve.asking import asking
from serve.served import Client
from tabletop import load, run_experiment
from tabletop.cli import main
from tabletop.scenario.policy import PolicyMix

SEED = 7
FOUR = [
    word
    for name in ("incidents", "trust_mean", "traces_lapsed", "wrongful_interventions")
    for word in ("--measure", name)
]
STEPS = load("first-steps")
MEASURES = ("incidents", "trust_mean", "traces_lapsed")


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    words = [word for name in MEASURES for word in ("--measure", name)]
    with asking(tmp_path_factory.mktemp("whatif"), "first-steps", "--seed", SEED, *words) as found:
        yield found


def experiment(worlds, **detection):
    """The second route: the mix as somebody writes it, simulated by `run_experiment`."""
    mix = PolicyMix.model_validate({"detection": detection or {"analysts": 4, "collection": 0.7}})
    scenario = STEPS.model_copy(update={"policy_mixes": {**STEPS.policy_mixes, "written": mix}})
    return run_experiment(scenario, mixes=["written"], replications=worlds, seed=SEED, workers=1)


def numbers(text, share):
    """All numbers of a text, in the measure's own unit."""
    found = [float(one.replace("−", "-")) for one in re.findall(r"[−+]?\d+(?:\.\d+)?", text)]
    return [one / 100 for one in found] if share else found


def agrees(page, results):
    """Whether a page has the bands, medians and mean differences of an experiment, to its last digits."""
    compared = results.compare(mixes=["written"])
    columns = results.outcomes().columns
    for name in MEASURES:
        shown, is_share = page.measure(name), name == "trust_mean"
        label = re.search(r'aria-label="[^"]*?: ([^"]*)"', shown)[1]
        expected = [
            value
            for mix in ("written", STEPS.baseline)
            for low, median, high in [
                np.quantile(columns[mix][name].values(), (0.1, 0.5, 0.9), method="inverted_cdf")
            ]
            for value in (low, high, median)
        ]
        contrast = compared.contrast(name, "written")
        sentence = re.search(r'class="difference">(.*?)[:<]', shown.replace("baseline: ", "baseline "))[1]
        # half of the last digit that the measure's δ leaves
        digit = 0.5 * 10 ** np.floor(np.log10(STEPS.measures[name].delta * (100 if is_share else 1) / 2))
        tolerance = digit / (100 if is_share else 1) + 1e-9
        written = [contrast.difference, contrast.interval.low, contrast.interval.high]
        for found, right in ((numbers(label, is_share), expected), (numbers(sentence, is_share), written)):
            if len(found) != len(right) or not np.allclose(found, right, rtol=0, atol=tolerance):
                return False
    return True


def test_bands_medians_and_differences_are_those_of_an_experiment(asked):
    number = asked.question(analysts=4, collection=0.7).data["asked"]
    page = asked.answered(number, 200)
    assert page.number == number
    assert agrees(page, experiment(200))
    # a setting nearby, and fewer of the same worlds, are told from it
    assert not agrees(page, experiment(200, analysts=4, collection=0.6))
    assert not agrees(page, experiment(60))


def test_an_answer_says_for_which_settings_and_over_how_many_worlds_it_is(asked):
    number = asked.question(teams=3, collection=0.5).data["asked"]
    page = asked.answered(number, 200)
    assert "teams 3 (instead of 5); everything else as in Status quo." in page.html
    assert "collection" not in page.html  # set as it is: no change
    assert "200 worlds" in page.html


def test_the_newest_question_is_answered_and_the_picture_never_goes_back(asked):
    newest = 0
    seen = []
    for value in (1, 2, 3, 4, 5, 6, 7, 8, 9):
        newest = asked.question(teams=value).data["asked"]
        seen.append(asked.page())
    page = asked.answered(newest, 200)
    assert "teams 9 (instead of 5)" in page.html
    order = [(one.number, one.worlds) for one in (*seen, page)]
    assert order == sorted(order)
    assert {worlds for number, worlds in order if number} <= {20, 60, 200}


def test_without_a_change_nothing_is_said_to_differ(asked):
    page = asked.answered(asked.question().data["asked"])
    assert page.html.count("the same settings as the baseline") == len(MEASURES)
    assert "Mean difference" not in page.html


def test_where_the_interval_has_both_signs_nothing_is_told(asked):
    """Of 20 worlds a hundredth of a lever cannot show."""
    number = asked.question(tradecraft=0.51).data["asked"]
    page = asked.answered(number)
    compared = experiment(page.worlds, tradecraft=0.51).compare(mixes=["written"])
    contrast = compared.contrast("incidents", "written")
    shown = page.measure("incidents")
    if contrast.interval is None:
        assert contrast.in_words() in shown
    else:
        assert contrast.interval.excludes_zero() == ("cannot be told" not in shown)


def test_the_page_says_that_it_predicts_nothing_what_is_assumed_and_what_levers_cost(asked):
    page = asked.get("/").text
    assert "This predicts nothing." in page
    assert f"day {STEPS.horizon_days:g}" in page
    assert f"seed {SEED}" in page
    assert "Each costs 1 a year." in page
    assert "At 1 it costs 10 a year." in page
    assert f'data-budget="{STEPS.exercise.budget}"' in page
    assert page.count('type="range"') == page.count('type="number"') == 7


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"analysts": 2.5}, "detection.analysts: 2.5: must be a whole number from 0 to 5"),
        ({"analysts": 50}, "detection.analysts: 50: must be a whole number from 0 to 5"),
        ({"collection": -0.1}, "detection.collection: -0.1: must be a number from 0 to 1"),
        ({"courts": 2}, "courts: there is no slider for it"),
        ({"analysts": "many"}, "settings.analysts"),
        ({"analysts": None}, "settings.analysts"),
    ],
)
def test_a_setting_that_is_not_offered_is_refused_and_nothing_is_asked(asked, settings, said):
    before = asked.question().data["asked"]
    answer = asked.question(**settings)
    assert answer.status == 422
    assert said in answer.data["refused"]
    assert asked.question().data["asked"] == before + 1


@pytest.mark.parametrize("body", ["", "[]", "{", '{"settings": 1}', '{"settings": {}, "more": 1}'])
def test_what_is_no_question_is_refused(asked, body):
    assert asked.ask("POST", "/whatif/ask", body, Content_Type="application/json").status == 422


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": None}, 403),
        ({"Sec_Fetch_Site": "cross-site"}, 403),
        ({"Host": "evil.example"}, 421),
        ({"Content_Type": "text/plain"}, 415),
    ],
)
def test_no_other_page_can_ask(asked, headers, status):
    assert asked.post("/whatif/ask", {"settings": {}}, **headers).status == status


def test_the_page_has_nothing_inline_and_nothing_from_elsewhere(asked):
    answer = asked.get("/")
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert not re.search(r"<script>|style=|<[^>]* on[a-z]+=|//", answer.text)


def test_only_this_machine_is_served(asked):
    here = socket.gethostbyname(socket.gethostname())
    if not here.startswith("127."):
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection((here, asked.port), timeout=2)
    assert Client(asked.port).get("/team").status == 404


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_at_once_and_writes_nothing_whatever_is_being_simulated(tmp_path, how):
    with asking(tmp_path, "harbour-city") as found:
        assert found.get("/").status == 200
        found.question(teams=5)
        found.process.send_signal(how)
        told, _ = found.process.communicate(timeout=60)
    assert found.process.returncode == 0
    assert told == ""
    assert not [*tmp_path.iterdir()]


def test_without_the_compiled_engine_it_works_and_says_what_it_waits_for(tmp_path):
    with asking(tmp_path, "first-steps", TABLETOP_ENGINE="simpy") as found:
        page = found.answered(found.question(teams=4).data["asked"])
        assert "The compiled engine is not at work here" in page.html
        assert "teams 4 (instead of 5)" in page.html


def test_a_mix_that_starts_otherwise_is_named_and_shown_at_its_settings(tmp_path):
    with asking(tmp_path, "first-steps", "--mix", "craft", "--lever", "detection.tradecraft") as found:
        page = found.get("/").text
        assert page.count('type="range"') == 1
        start = STEPS.policies("craft")[0][1].detection.tradecraft
        assert f'data-start="{start}"' in page
        title = STEPS.policy_mixes["craft"].title
        assert f"All levers as in {title}" in page
        assert "Mean difference" in found.answered(1).html


def refused(capsys, *words):
    with pytest.raises(SystemExit) as leaving:
        main(["whatif", *map(str, words)])
    assert leaving.value.code == 2
    return capsys.readouterr().err


@pytest.mark.parametrize("library", ["starlette", "uvicorn", "segno"])
def test_a_missing_library_is_told_before_anything_begins(capsys, monkeypatch, library):
    monkeypatch.setitem(sys.modules, library, None)
    told = refused(capsys, "nowhere.yaml")
    assert told.startswith(f"{library}: not installed, and a page cannot be served without")
    assert "pip install" in told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["first-stpes"], "did you mean 'first-steps'?"),
        (["first-steps", "--lever", "detection.analists"], "did you mean 'detection.analysts'?"),
        (["first-steps", "--lever", "analysts"], "did you mean 'detection.analysts'?"),
        (["first-steps", "--measure", "incident"], "did you mean 'incidents'?"),
        (["first-steps", "--mix", "carft"], "did you mean 'craft'?"),
        (["first-steps", *FOUR], "--measure: 4 are named; at most 3"),
        (["first-steps", "--port", "99999"], "--port"),
        (["first-steps", "--seed", "-1"], "--seed"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_told_with_what_could_be(capsys, words, said):
    assert said in refused(capsys, *words)


def test_a_mistake_in_the_file_is_told_with_its_line(capsys, tmp_path):
    path = tmp_path / "wrong.yaml"
    path.write_text(
        "title: T\npolicy_mixes:\n  now: {detection: {analists: 2}}\nbaseline: now\n"
        "measures: {incidents: {delta: 1}}\n"
    )
    told = refused(capsys, path)
    assert told.startswith(f"{path}:3: policy_mixes.now.detection.analists")
    assert "did you mean 'analysts'?" in told


def test_a_port_that_is_taken_is_told(capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = refused(capsys, "first-steps", "--port", port)
    assert told.startswith(f"127.0.0.1:{port}: cannot be served from")
