"""The backend on an existing Dask cluster, reached at the address of its scheduler."""

import socket
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError, Executor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tabletop.errors import TabletopError
from tabletop.experiment.backends import named
from tabletop.experiment.batches import TRIES_AGAIN, Task, run_batch
from tabletop.experiment.design import Job
from tabletop.extras import how_to_install

if TYPE_CHECKING:
    from distributed import Client

PATIENCE_SECONDS = 10
"""How long a scheduler, and then its first worker, may take to answer."""


class Cluster:
    """The workers of a Dask scheduler, which itself repeats the batches of a worker that dies."""

    task: Task[Any] = staticmethod(run_batch)
    loss_exceptions: tuple[type[BaseException], ...] = (CancelledError,)

    def __init__(self, address: str, client: "Client", workers: int) -> None:
        self.executor: Executor = client.get_executor(pure=False)
        self.workers = workers
        self._address = address
        self._client = client

    def renew(self) -> None:
        """Does nothing as long as the scheduler can be reached, because it recovers by itself."""
        if self._client.status != "running":
            raise TabletopError(f"{self._address}: the scheduler is gone; what was finished is kept")

    def stop(self) -> None:
        """Does nothing: batches under way on a cluster cannot be interrupted."""

    def loss_error(self, jobs: Sequence[Job]) -> TabletopError:
        """The error that the scheduler loses a batch again and again."""
        return TabletopError(
            f"{self._address}: the scheduler dropped {named(jobs)} {TRIES_AGAIN + 1} times; see its log; "
            "what was finished is kept"
        )


@contextmanager
def cluster_at(address: str) -> Iterator[Cluster]:
    """The cluster whose scheduler has that address, as long as it is needed.

    Raises TabletopError if the extra is missing, nobody answers, or there are no workers.
    """
    try:
        from distributed import Client, KilledWorker  # noqa: PLC0415 (an extra)
    except ImportError as error:
        how = how_to_install("cluster", ("distributed",))
        raise TabletopError(
            f"a cluster needs distributed, which is not installed; install it with: {how}"
        ) from error
    _check_form(address)
    start = f"start `dask scheduler` and then `dask worker {address} --nthreads 1` where they are to run"
    try:
        _knock(address)
        client = Client(address, timeout=PATIENCE_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:  # a TimeoutError is an OSError
        raise TabletopError(f"{address}: no Dask scheduler answers there; {start}") from error
    with client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE_SECONDS)
        except TimeoutError as error:
            raise TabletopError(f"{address}: the scheduler has no workers; {start}") from error
        try:
            yield Cluster(address, client, sum(client.nthreads().values()))
        except KilledWorker as error:
            raise TabletopError(
                f"{address}: one worker after the other died on the same runs (out of memory?): {error}; "
                "what was finished is kept"
            ) from error


def _check_form(address: str) -> None:
    url = urlsplit(address)
    try:
        complete = url.scheme in {"tcp", "tls"} and url.hostname and url.port
    except ValueError:
        complete = False
    if not complete:
        raise TabletopError(f"{address}: no address of a scheduler; one looks like tcp://127.0.0.1:8786")


def _knock(address: str) -> None:
    """Raise OSError if nobody listens: a Dask client that never reached anybody is slow to give up."""
    url = urlsplit(address)
    with socket.create_connection((url.hostname, url.port), timeout=PATIENCE_SECONDS):
        pass
