"""What is done with one source, and what a failure of it costs."""

from __future__ import annotations

from extractor.engine.task import Task
from extractor.model import Figure
from extractor.sources.files import Source, SourceError
from extractor.table.choice import Choice, ChoiceError
from tests.support import stub_pipeline


def test_figures_that_cannot_be_chosen_fail_their_source_only() -> None:
    def unless_nine(figure: Figure) -> bool:
        if figure.value == 9:
            raise ChoiceError("takes too long")
        return True

    task = Task(choice=Choice(where=unless_nine), examine=stub_pipeline.examine)
    failed = task.perform(Source("a.txt", "a.txt", "9人".encode()))
    assert isinstance(failed, SourceError)
    assert str(failed) == "a.txt: takes too long"
    found = task.perform(Source("b.txt", "b.txt", "8人".encode()))
    assert not isinstance(found, SourceError)
    assert found.chosen == 1
