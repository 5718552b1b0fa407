"""A cable that can fail: a proxy on loopback. A browser's own offline switch leaves an open channel open."""

import socket
import threading
from contextlib import contextmanager, suppress


class Cable:
    """A way to a port that can be cut; then what is under way is stuck, and nothing new gets through."""

    def __init__(self, port):
        self._port = port
        self._through = threading.Event()
        self._through.set()
        self._sockets = []
        self.swallows = False
        """Whether answers are lost: requests get through, and the connection dies instead of answering."""
        self.holds_back = False
        """Whether it keeps a live channel to itself, as a proxy does that waits for the end of an answer."""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._accepting = threading.Thread(target=self._accept, daemon=True)
        self._accepting.start()

    def cut(self):
        self._through.clear()

    def mend(self):
        """What was stuck has died with the cable."""
        for each in self._sockets:
            each.close()
        self._sockets.clear()
        self._through.set()

    def close(self):
        self._listener.shutdown(socket.SHUT_RDWR)
        self._accepting.join()
        self._listener.close()
        self.mend()

    def _accept(self):
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self._port))
            except OSError:  # nobody listens any more
                near.close()
                continue
            self._sockets += [near, far]
            held = threading.Event()
            threading.Thread(target=self._send, args=(near, far, held), daemon=True).start()
            threading.Thread(target=self._answer, args=(far, near, held), daemon=True).start()

    def _send(self, near, far, held):
        with suppress(OSError):
            while data := near.recv(65536):
                self._through.wait()
                if self.holds_back and b"/live HTTP/1.1" in data:
                    held.set()
                far.sendall(data)
        _shut(near, far)

    def _answer(self, far, near, held):
        with suppress(OSError):
            while data := far.recv(65536):
                self._through.wait()
                if self.swallows:
                    break
                if not held.is_set():
                    near.sendall(data)
        _shut(near, far)


def _shut(*ends):
    for each in ends:
        with suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)


@contextmanager
def cable_to(port):
    """A cable to a port, and an end to it."""
    cable = Cable(port)
    try:
        yield cable
    finally:
        cable.close()
