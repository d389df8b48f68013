"""A real repository, store, audit log, rulebook and validators around the orchestrator; time and tests are given."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import repositories

from autonomous.adapters.audit.log import ChainedLog
from autonomous.adapters.files.ignore import IgnoreRules
from autonomous.adapters.git.checkpoints import GitCheckpoints
from autonomous.adapters.git.repository import GitRepository
from autonomous.adapters.git.stack import Identity
from autonomous.adapters.sqlite.store import SqliteStore
from autonomous.model.finding import Target
from autonomous.model.issue import Issue
from autonomous.model.testing import RunStatus, TestOutcome, TestReport, TestResult
from autonomous.model.workflow import Limits, Workflow
from autonomous.orchestrator.events import AuditTrail, Bus, Listener
from autonomous.orchestrator.improving import Improvement, Request, Result
from autonomous.orchestrator.run import Crew, Run
from autonomous.ports import Ports
from autonomous.ports.reviewer import Answer, Reviewer, Skip
from autonomous.ports.suite import TreeState
from autonomous.rulebook import shelf
from autonomous.rulebook.book import Rulebook, load
from autonomous.stages.scoring import Policy
from autonomous.stages.security_validator import SecurityValidator
from autonomous.stages.validator import Validator

if TYPE_CHECKING:
    from autonomous.model.event import Message

ADA = Identity("Ada", "ada@example.org")
PERSON = "ada"
BRANCH = "refs/heads/auto/improve"
Contents = Mapping[str, bytes]


@cache
def shipped() -> Rulebook:
    return load([shelf.shelf()])


class Clock:
    """Goes on by a second whenever it is looked at."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> datetime:
        self.seconds += 1.0
        return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=self.seconds)

    def steady(self) -> float:
        return self.seconds


class Words:
    """A suite with one test a name: it fails on a tree for which its condition holds."""

    identity = "words"

    def __init__(self, repository: GitRepository, fails: Mapping[str, Callable[[Contents], bool]]) -> None:
        self._repository, self.fails = repository, fails
        self.trees: list[Contents] = []

    def run(self, state: TreeState, *, tests: Sequence[str] = (), coverage: bool = False) -> TestReport:
        tree = self._repository.tree(state.base)
        contents = {path: tree.read(path) for path in tree.paths()} | dict(state.overlay)
        self.trees.append(contents)
        ends = {True: TestOutcome.FAILED, False: TestOutcome.PASSED}
        wanted = tests or self.fails
        results = (TestResult(name, ends[self.fails[name](contents)]) for name in wanted)
        return TestReport(RunStatus.COMPLETED, tuple(results), command=("words",))


class Quiet:
    """Another analyzer that finds nothing."""

    name = "quiet"

    def issues(self, path: str, data: bytes) -> tuple[Issue, ...]:
        return ()


class Asked:
    """A person who gives these answers, one after the other, then skips; keeps what was shown."""

    def __init__(self, *answers: Answer) -> None:
        self._answers: Iterator[Answer] = iter(answers)
        self.shown: list[tuple[int, int, str, int]] = []
        self.told: list[str] = []

    def ask(self, item, *, position, total, alternatives) -> Answer:
        self.shown.append((position, total, item.proposal.id, len(alternatives)))
        return next(self._answers, Skip())

    def tell(self, text: str) -> None:
        self.told.append(text)


class Workbench:
    """One repository with files at its first commit, and everything that a run needs."""

    def __init__(self, place: Path, files: Mapping[str, bytes | str]) -> None:
        self.root, self.state = place / "project", place / "state"
        self.root.mkdir()
        self.state.mkdir(mode=0o700)
        repositories.git(self.root, "init", "--quiet")
        self.base = repositories.commit(self.root, files)
        self.clock, self.closing = Clock(), ExitStack()
        self.repository = self.closing.enter_context(
            GitRepository(self.root, state=self.state, clock=self.clock, author=ADA, committer=ADA)
        )
        self.store = SqliteStore(self.state / "state.db", clock=self.clock)
        self.closing.callback(self.store.close)
        self.log = ChainedLog(self.state / "audit", clock=self.clock, environ={})
        self.suite = Words(self.repository, {"test_passes": lambda contents: False})
        self.messages: list[Message] = []
        self.runs = 0

    def ports_at(self, commit: str, *, tested: bool = True) -> Ports:
        return Ports(
            files=self.repository.tree(commit),
            clock=self.clock,
            decisions=self.store,
            repository=self.repository,
            suite=self.suite if tested else None,
            file_analyzers=(Quiet(),),
        )

    def crew(self, *, rules: Sequence[str] = (), limits: Limits | None = None, tested: bool = True) -> Crew:
        everything = shipped()
        return Crew(
            rulebook=everything.select(rules=rules),
            validator=Validator(rulebook=everything),
            security_validator=SecurityValidator(rulebook=everything, policy=Policy()),
            repository=self.repository,
            ports_at=partial(self.ports_at, tested=tested),
            checkpoints=GitCheckpoints(
                self.repository,
                clock=self.clock,
                ignores=lambda root, more: IgnoreRules(root, also=(more,)),
            ),
            limits=limits or Limits(),
            person=PERSON,
        )

    def run(self, *, command: str = "improve", listeners: Sequence[Listener] = ()) -> Run:
        """Start a run of a new workflow; its messages go to the audit log and to `messages`."""
        self.runs += 1
        workflow = Workflow(
            id=f"wf-{self.runs:08x}",
            command=command,
            targets=(),
            base=self.repository.head().commit,
            started=self.clock.now(),
        )
        return self.again(workflow, listeners=listeners)

    def again(self, workflow: Workflow, *, listeners: Sequence[Listener] = ()) -> Run:
        """Start a workflow that there is, as a process does that resumes it."""
        heard = (*listeners, AuditTrail(self.log, actor=PERSON), self.messages.append)
        bus = Bus(workflow=workflow.id, clock=self.clock, listeners=heard)
        run = Run(workflow, store=self.store, bus=bus, clock=self.clock)
        run.start()
        return run

    def improve(
        self, run: Run | None = None, *, crew: Crew | None = None, reviewer: Reviewer | None = None, **asked
    ) -> Result:
        given = {"target": Target(), "auto_approve_safe": True, **asked}
        begun, team = run or self.run(), crew or self.crew()
        return Improvement(begun, crew=team, request=Request(**given), reviewer=reviewer).go()

    def branches(self) -> dict[str, str]:
        return dict(self.repository.refs("refs/heads/auto/"))

    def file(self, path: str, at: str = BRANCH) -> bytes:
        return self.repository.tree(self.repository.resolve(at)).read(path)

    def kinds(self) -> list[str]:
        return [str(message.kind) for message in self.messages]


@contextmanager
def workbenches(place: Path) -> Iterator[Callable[[Mapping[str, bytes | str]], Workbench]]:
    """Give a maker of one workbench below `place`, closed afterwards."""
    with ExitStack() as closing:

        def make(files: Mapping[str, bytes | str]) -> Workbench:
            made = Workbench(place, files)
            closing.callback(made.closing.close)
            return made

        yield make
