"""A clock that jumps does no harm: not put forward, not put back, not when the machine sleeps."""

from datetime import UTC, datetime, timedelta

from careergraph.editorial.webhooks.trusted_clock import LEAP, PATIENCE, TrustedClock

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


class Machine:
    """A machine's clock and its uptime, which a test moves."""

    def __init__(self) -> None:
        self.clock, self.uptime = NOON, 100.0
        self.steady = TrustedClock(lambda: self.clock, lambda: self.uptime)

    def passes(self, seconds: float) -> None:
        self.clock += timedelta(seconds=seconds)
        self.uptime += seconds


def test_time_that_passes_is_believed() -> None:
    machine = Machine()
    for seconds in (0, 1, 3600, 86_400):
        machine.passes(seconds)
        assert machine.steady.now() == machine.clock


def test_a_clock_that_is_put_forward_is_not_believed_for_a_while() -> None:
    """Somebody sets the clock to 2036 and back again: nothing of those ten years is published."""
    machine = Machine()
    assert machine.steady.now() == NOON
    machine.clock += timedelta(days=3650)
    for _ in range(int(PATIENCE)):
        assert machine.steady.now() is None
        machine.passes(1)
    machine.clock -= timedelta(days=3650)
    assert machine.steady.now() == machine.clock


def test_a_clock_that_stays_put_forward_is_believed_in_the_end() -> None:
    """It was wrong before and somebody put it right."""
    machine = Machine()
    machine.steady.now()
    machine.clock += timedelta(days=1)
    assert machine.steady.now() is None
    machine.passes(PATIENCE)
    assert machine.steady.now() == machine.clock


def test_a_clock_that_is_put_back_or_corrected_a_little_is_believed() -> None:
    machine = Machine()
    machine.steady.now()
    for seconds in (-3600.0, LEAP - 1, -5.0):
        machine.clock += timedelta(seconds=seconds)
        assert machine.steady.now() == machine.clock
