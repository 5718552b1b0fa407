"""The ways in to a served class: TLS, a proxy, and what cannot be one; and whose files they are."""

import http.client
import json
import shutil
import socket
import ssl
import subprocess
import warnings
from contextlib import closing

import pytest
import uvicorn

from exercise.room import TEXT
from serve.served import Client, controller, joined, path_of, serving
from tabletop.cli import main
from tabletop.serve.live import Bell
from tabletop.serve.server import Server
from tabletop.serve.way_in import WayIn, origin_of


@pytest.fixture
def small(tmp_path):
    (tmp_path / "small.yaml").write_text(TEXT)
    return tmp_path / "small.yaml"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for 127.0.0.1 and its key, as a school would have one."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed, which makes the certificate")
    where = tmp_path_factory.mktemp("tls")
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=class"]
    files = ["-keyout", "key.pem", "-out", "cert.pem"]
    names = ["-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run([*command, *names, *files], cwd=where, check=True, capture_output=True)
    return where / "cert.pem", where / "key.pem"


def refused(capsys, *arguments):
    with pytest.raises(SystemExit) as leaving:
        main(["serve", *map(str, arguments)])
    assert leaving.value.code == 2
    return capsys.readouterr().err


def test_tls_older_than_1_2_is_refused(small, tmp_path, certificate):
    chain, key = map(str, certificate)
    options = ("--port", "0", "--others", "2", "--workers", "1", "--tls", chain, key)
    with serving("small.yaml", tmp_path, *options) as served:

        def spoken(version):
            context = ssl.create_default_context(cafile=chain)
            context.set_ciphers("DEFAULT:@SECLEVEL=0")  # or this side would refuse it itself
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)
                context.minimum_version = context.maximum_version = version
            with (
                socket.create_connection(("127.0.0.1", served.port), timeout=20) as plain,
                context.wrap_socket(plain, server_hostname="127.0.0.1") as secured,
            ):
                return secured.version()

        assert spoken(ssl.TLSVersion.TLSv1_2) == "TLSv1.2"
        assert spoken(ssl.TLSVersion.TLSv1_3) == "TLSv1.3"
        for old in (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1):
            with pytest.raises(ssl.SSLError) as refused_by:
                spoken(old)
            # by the server, and not here
            assert refused_by.value.reason in ("TLSV1_ALERT_PROTOCOL_VERSION", "UNEXPECTED_EOF_WHILE_READING")


def test_no_setting_of_the_library_makes_the_server_speak_older_tls(certificate, monkeypatch):
    made = uvicorn.config.create_ssl_context

    def lax(*arguments, **options):
        context = made(*arguments, **options)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            context.minimum_version = ssl.TLSVersion.TLSv1
        return context

    monkeypatch.setattr(uvicorn.config, "create_ssl_context", lax)
    server = Server(lambda: None, WayIn("https://127.0.0.1", certificate), Bell())
    assert server.config.ssl.minimum_version is ssl.TLSVersion.TLSv1_2


def test_over_tls_cookies_are_for_tls_alone_and_pages_have_its_origin(small, tmp_path, certificate):
    chain, key = map(str, certificate)
    options = ("--port", "0", "--others", "2", "--workers", "1", "--tls", chain, key)
    with serving("small.yaml", tmp_path, *options) as served:
        assert served.monitor.startswith(f"https://127.0.0.1:{served.port}/in#")
        assert served.join.startswith("https://")
        trust = ssl.create_default_context(cafile=chain)
        host = f"127.0.0.1:{served.port}"
        with closing(http.client.HTTPSConnection(host, timeout=20, context=trust)) as connection:
            secret = served.monitor.partition("#")[2]
            headers = {"Host": host, "Content-Type": "application/json"}
            for origin, status in ((f"http://{host}", 403), (f"https://{host}", 200)):
                connection.request(
                    "POST", "/in", json.dumps({"secret": secret}), {**headers, "Origin": origin}
                )
                answer = connection.getresponse()
                answer.read()
                assert answer.status == status
            cookie = answer.headers["set-cookie"]
            assert cookie.startswith("__Host-room-")
            assert "secure" in cookie.lower()
            assert "path=/" in cookie.lower()
            connection.request("GET", "/room", headers={"Host": host, "Cookie": cookie.partition(";")[0]})
            assert connection.getresponse().status == 200


def test_behind_a_proxy_the_class_is_that_of_its_origin_and_nobody_else_is_believed(small, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    options = ("--port", str(port), "--others", "2", "--workers", "1")
    options = (*options, "--behind-proxy", "https://class.example")
    with serving("small.yaml", tmp_path, *options) as served:
        assert served.join.startswith("https://class.example/j/")
        client = Client(port)
        through = {"Host": "class.example", "Origin": "https://class.example"}
        told = {"secret": served.monitor.partition("#")[2]}
        assert client.post("/in", told).status == 421  # not by its own address
        assert client.post("/in", told, Host="class.example").status == 403
        answer = client.post("/in", told, **through)
        assert answer.status == 200
        assert answer.headers["set-cookie"].startswith("__Host-room-")
        assert "secure" in answer.headers["set-cookie"].lower()
        # limits are those of whom the proxy names, one by one
        for number in range(3):
            named = {**through, "X_Forwarded_For": f"10.0.0.{number}"}
            statuses = [client.get(f"/j/AAAAA{letter}", **named).status for letter in "ABCDEFGHJKM"]
            assert statuses == [404] * 10 + [429]


def test_without_a_proxy_nobody_says_from_where_they_come(small, tmp_path):
    with serving("small.yaml", tmp_path, "--port", "0", "--others", "2", "--workers", "1") as served:
        client = Client(served.port)
        tries = [
            client.get(f"/j/AAAAA{letter}", X_Forwarded_For=f"10.0.0.{place}").status
            for place, letter in enumerate("ABCDEFGHJKM")
        ]
        assert tries == [404] * 10 + [429]
        assert client.get("/in", X_Forwarded_Host="evil.example", Host="evil.example").status == 421


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (
            ("--behind-proxy", "class.example"),
            "is no origin; write how browsers reach the proxy, as https://",
        ),
        (("--behind-proxy", "https://"), "is no origin"),
        (("--behind-proxy", "https://a:b@c"), "is no origin"),
        (("--behind-proxy", "ftp://class.example"), "is no origin"),
        (("--behind-proxy", "https://class.example:x"), "is no origin"),
        (("--behind-proxy", "https://class.example/exercise"), "has the path /exercise"),
        (("--behind-proxy", "https://class.example", "--lan"), "leave --lan, --host and --tls out"),
        (("--behind-proxy", "https://a b"), "a b: is no host name"),
        (("--behind-proxy", "https://straße.example"), "write one as browsers do"),
        (("--host", "0.0.0.0"), "--host: 0.0.0.0: names no address to which phones could be led"),  # noqa: S104
        (("--host", "0"), "--host: 0: names no address to which phones could be led; write one, or --lan"),
        (("--host", ""), "--host: nothing: names no address"),
        (("--name", "class.example"), "give the certificate with --tls"),
        (("--tls", "nowhere.pem", "nowhere.key"), "nowhere.pem: cannot be read"),
    ],
)
def test_ways_that_cannot_be_are_told_before_anything_begins(capsys, small, tmp_path, options, says):
    assert says in refused(capsys, small, "--out", tmp_path / "e", "--port", 0, *options)
    assert not (tmp_path / "e").exists()


def test_files_that_are_no_certificate_and_key_are_told(capsys, small, tmp_path, certificate):
    chain, key = certificate
    where = ("--out", tmp_path / "e", "--port", 0)
    for pair in ((small, key), (key, chain)):
        assert "are no certificate chain and its key" in refused(capsys, small, *where, "--tls", *pair)
    locked = tmp_path / "locked.pem"
    command = ["openssl", "rsa", "-in", str(key), "-aes128", "-passout", "pass:x", "-out", str(locked)]
    subprocess.run(command, check=True, capture_output=True)
    assert "needs a password" in refused(capsys, small, *where, "--tls", chain, locked)
    assert not (tmp_path / "e").exists()


def test_an_origin_is_written_as_browsers_write_it():
    assert origin_of("http", "192.168.0.7", 8000) == "http://192.168.0.7:8000"
    assert origin_of("http", "192.168.0.7", 80) == "http://192.168.0.7"
    assert origin_of("http", "MyLaptop.local", 8000) == "http://mylaptop.local:8000"
    assert WayIn.through_proxy("https://[::1]:8443").address == "https://[::1]:8443"
    assert WayIn.through_proxy("https://Bücher.example").address == "https://xn--bcher-kva.example"
    assert WayIn.through_proxy("https://class.example:443/").address == "https://class.example"


def test_all_files_of_a_served_exercise_are_the_users_alone(small, tmp_path):
    with serving("small.yaml", tmp_path, "--port", "0", "--others", "2", "--workers", "1") as served:
        controller(served), joined(served, "Alpha")
        served.kill()
    (served.folder / "exercise.sqlite").chmod(0o644)  # as one that was begun at the terminal
    with serving(served.folder, tmp_path, "--port", "0", "--workers", "1") as again:
        assert Client(again.port).get(path_of(again.join)).status == 200
        found = {path.name: path.stat().st_mode & 0o077 for path in served.folder.iterdir()}
    assert {"exercise.sqlite", "doors.sqlite"} <= found.keys()
    assert not any(found.values()), found
