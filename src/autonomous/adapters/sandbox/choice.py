"""Which sandbox to use: the first one that stops every attempt to escape."""

from collections.abc import Sequence

from autonomous.ports.sandbox import Probe, Sandbox


def choose(backends: Sequence[Sandbox]) -> tuple[Sandbox | None, tuple[Probe, ...]]:
    """Probe the backends in order and return the first usable one, and the probes made until then.

    None when no backend is usable: then tests are not run.
    """
    probes: list[Probe] = []
    for backend in backends:
        probes.append(backend.probe())
        if probes[-1].usable:
            return backend, tuple(probes)
    return None, tuple(probes)
