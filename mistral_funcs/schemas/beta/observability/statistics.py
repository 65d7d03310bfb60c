"""Statistics and goals of evaluation runs."""

from typing import Any, Literal, TypeAlias, final

import attrs

from mistral_core import Schema, Unknown


@final
@attrs.frozen(kw_only=True)
class ScalarStatisticValue(Schema):
    """A statistic and its value.

    Attributes:
        type: `"scalar"`.
        id: Name of the statistic.
        value: The value. `None` if there is none, such as for the maximum of an empty list.
    """

    type: Literal["scalar"] = "scalar"
    id: str
    value: float | None = None


@final
@attrs.frozen(kw_only=True)
class ConfusionMatrix(Schema):
    """A confusion matrix of expected and predicted labels.

    Attributes:
        labels: The labels, in the order of rows and columns.
        matrix: Numbers of samples: a row for each expected label, a column for each predicted one.
    """

    labels: list[str] = attrs.field(factory=list[str])
    matrix: list[list[int]] = attrs.field(factory=list[list[int]])


@final
@attrs.frozen(kw_only=True)
class CategoricalStatistics(Schema):
    """Statistics of labels.

    Attributes:
        type: `"categorical"`.
        frequencies: Number of values of each label.
        mode: The most frequent labels.
        count: Number of values.
        values: Statistics that the evaluator declares.
        excluded_count: Number of values that were left out.
        confusion_matrix: Confusion matrix, if there are expected labels.
    """

    type: Literal["categorical"] = "categorical"
    frequencies: dict[str, int] = attrs.field(factory=dict[str, int])
    mode: list[str] = attrs.field(factory=list[str])
    count: int | None = None
    values: list[ScalarStatisticValue | Unknown] | None = None
    excluded_count: int = 0
    confusion_matrix: ConfusionMatrix | None = None


@final
@attrs.frozen(kw_only=True)
class NumericStatistics(Schema):
    """Statistics of numbers.

    Attributes:
        type: `"numeric"`.
        values: Statistics that the evaluator declares.
        sample_count: Number of samples.
        avg: Average.
        min: Minimum.
        max: Maximum.
        std: Standard deviation.
        count: Number of values.
    """

    type: Literal["numeric"] = "numeric"
    values: list[ScalarStatisticValue | Unknown] | None = None
    sample_count: int = 0
    avg: float | None = None
    min: float | None = None
    max: float | None = None
    std: float | None = None
    count: int = 0


@final
@attrs.frozen(kw_only=True)
class UnsupportedStatistics(Schema):
    """Statistics of other values: only their number.

    Attributes:
        type: `"unsupported"`.
        count: Number of values.
    """

    type: Literal["unsupported"] = "unsupported"
    count: int | None = None


Statistics: TypeAlias = CategoricalStatistics | NumericStatistics | UnsupportedStatistics | Unknown
"""Statistics of scores, discriminated by `type`."""


@final
@attrs.frozen(kw_only=True)
class GoalSpec(Schema):
    """A goal for scores.

    Attributes:
        operator: How the value is compared.
        value: Value to compare with.
        min: Lowest value that reaches the goal.
        max: Highest value that reaches the goal.
        values: Values to compare with.
        metric: Name of the metric.
    """

    operator: str | None = None
    value: Any | None = None
    min: float | None = None
    max: float | None = None
    values: list[Any] | None = None
    metric: str | None = None


@final
@attrs.frozen(kw_only=True)
class GoalResultItem(Schema):
    """A goal, and whether it was reached.

    Attributes:
        metric: Name of the metric.
        operator: How the value is compared.
        actual: Value that was measured.
        passed: Whether the goal was reached.
        target: Value to reach.
        target_min: Lowest value that reaches the goal.
        target_max: Highest value that reaches the goal.
        direction: Which values are better.
    """

    metric: str | None = None
    operator: str | None = None
    actual: float | None = None
    passed: bool | None = None
    target: float | None = None
    target_min: float | None = None
    target_max: float | None = None
    direction: Literal["higher_is_better", "lower_is_better"] | str | None = None


@final
@attrs.frozen(kw_only=True)
class GoalResult(Schema):
    """Whether goals were reached.

    Attributes:
        passed: Whether the goals were reached. `None` if that is unknown.
        results: The goals.
    """

    passed: bool | None = None
    results: list[GoalResultItem] = attrs.field(factory=list[GoalResultItem])


@final
@attrs.frozen(kw_only=True)
class SimpleNumericStatisticSpec(Schema):
    """A statistic of numbers.

    Attributes:
        kind: The statistic.
        goal: Goal for the statistic.
    """

    kind: Literal["avg", "sum", "min", "max", "std", "count"] | str | None = None
    goal: GoalSpec | None = None


@final
@attrs.frozen(kw_only=True)
class PercentileStatisticSpec(Schema):
    """A percentile.

    Attributes:
        percentile: The percentile, from 0 to 100.
        kind: `"percentile"`.
        goal: Goal for the statistic.
    """

    percentile: float | int | None = None
    kind: Literal["percentile"] = "percentile"
    goal: GoalSpec | None = None


@final
@attrs.frozen(kw_only=True)
class ClassificationStatisticSpec(Schema):
    """A statistic of predicted labels. It has either `positive_label` or `average`.

    Attributes:
        kind: The statistic.
        positive_label: The class to compute the statistic for.
        average: How the classes are averaged.
        expected_key: Key of the expected label in the metadata of a score.
        labels: All labels. Defaults to those that occur.
        goal: Goal for the statistic.
    """

    kind: Literal["precision", "recall", "f1"] | str | None = None
    positive_label: str | None = None
    average: Literal["macro", "micro", "weighted"] | str | None = None
    expected_key: str = "expected"
    labels: list[str] | None = None
    goal: GoalSpec | None = None


StatisticSpec: TypeAlias = (
    SimpleNumericStatisticSpec | PercentileStatisticSpec | ClassificationStatisticSpec | Unknown
)
"""A statistic to compute, discriminated by `kind`."""


@final
@attrs.frozen(kw_only=True)
class RunStatisticsResponse(Schema):
    """Statistics of a run.

    Attributes:
        run_id: ID of the run.
        statistics: Statistics by the name of the evaluator.
        goal_results: Whether goals were reached, by the name of the evaluator.
        passed: Whether the goals were reached. `None` if that is unknown.
    """

    run_id: str | None = None
    statistics: dict[str, Statistics] = attrs.field(factory=dict[str, Statistics])
    goal_results: dict[str, GoalResult] | None = None
    passed: bool | None = None
