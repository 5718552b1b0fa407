"""Archives: looked through before anything is unpacked."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from tabletop.archives import Archive, ArchiveRefused


def zipped(members, *, method=ZIP_DEFLATED):
    content = BytesIO()
    with ZipFile(content, "w", method) as made:
        for name, text in members.items():
            made.writestr(ZipInfo(name), text, method)
    return content.getvalue()


def opened(content, *, members=3, size=100):
    return Archive(content, most_members=members, most_bytes=size)


def test_members_are_read_by_name():
    archive = opened(zipped({"a.txt": "one", "in/b.txt": "two"}))
    assert archive.names == ("a.txt", "in/b.txt")
    assert archive.read("in/b.txt") == b"two"
    with pytest.raises(ArchiveRefused, match=r"'c\.txt' is missing"):
        archive.read("c.txt")


def test_what_is_too_large_unpacked_is_refused():
    assert opened(zipped({"a": "x" * 50, "b": "x" * 50}))
    with pytest.raises(ArchiveRefused, match="101 bytes when unpacked; at most 100 are allowed"):
        opened(zipped({"a": "x" * 50, "b": "x" * 51}))


def test_too_many_members_are_refused_before_the_directory_is_read(monkeypatch):
    assert opened(zipped(dict.fromkeys("abc", "")))
    monkeypatch.setattr("tabletop.archives.ZipFile", None)
    with pytest.raises(ArchiveRefused, match="more than 3 members"):
        opened(zipped(dict.fromkeys("abcd", "")))
    with pytest.raises(ArchiveRefused, match="more than 3 members"):
        opened(zipped({"a" * 5_000: ""}))


@pytest.mark.parametrize(
    "name", ["/a", "../a", "a/../../b", "a//b", "a\\b", "a\nb", "x" * 201, "./a", "\u202ea"]
)
def test_a_name_that_leads_elsewhere_is_refused(name):
    with pytest.raises(ArchiveRefused, match=r"not a name for a member|more than"):
        opened(zipped({name: ""}))


def test_a_member_that_says_it_is_smaller_than_it_is_gives_no_more_than_that():
    content = zipped({"a": "x" * 90})
    lying = content.replace((90).to_bytes(4, "little"), (9).to_bytes(4, "little"))
    assert lying != content
    with pytest.raises(ArchiveRefused, match="a: "):
        opened(lying).read("a")


@pytest.mark.parametrize("content", [b"", b"PK", b"no zip", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_archive_is_refused_or_empty(content):
    try:
        assert opened(content).names == ()
    except ArchiveRefused as refused:
        assert str(refused) == "not a zip file"  # noqa: PT017 (one of the four is an empty archive)


def test_whichever_byte_is_damaged_nothing_but_a_refusal_is_raised():
    content = zipped({"a.txt": "one " * 20, "b.txt": "two"})
    for place in range(len(content)):
        for change in (1, 128, 255):
            harmed = bytearray(content)
            harmed[place] ^= change
            try:
                archive = opened(bytes(harmed), size=10_000)
                for name in archive.names:
                    archive.read(name)
            except ArchiveRefused:
                pass
