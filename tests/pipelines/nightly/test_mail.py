"""The e-mail of the morning: over TLS alone, counts and no names, and only where something has changed."""

import email
import stat
from datetime import timedelta
from email import policy

import pytest

from pipelines.cli import main
from pipelines.nightly.mail import mail_if_changed, text_of
from pipelines.nightly.mail_settings import read_mail_settings
from pipelines.nightly.status import statuses
from tests.pipelines.nightly.mail_server import PASSWORD, USER, mail_server, make_certificate
from tests.pipelines.nightly.reviews import ASKED, LAST_NIGHT, READ, in_order, make, returned, told
from timeline.errors import CaseError, OutputError

WORSE = told(returned("gp/1", unread=3), returned("police/1"), returned("police/2", "rejected"), waiting=7)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    return make_certificate(tmp_path_factory.mktemp("mail"))


@pytest.fixture
def reviews(tmp_path):
    folder = tmp_path / "reviews"
    in_order(folder / "a", "SCR-A")
    make(folder / "b", "SCR-B", outcome=WORSE, ended=LAST_NIGHT)
    make(folder / "c", "SCR-C", outcome=READ, ended=LAST_NIGHT, how="leak", good=LAST_NIGHT - timedelta(hours=9))
    make(folder / "d", "SCR-D", files=("police",), gp="due_on = 2031-07-01", outcome=told(returned("police/1")), ended=LAST_NIGHT)
    return folder


@pytest.fixture
def settings(tmp_path, certificate):
    """Writes the settings of e-mail; gives their file."""

    def write(port=1, security="starttls", **more):
        password = tmp_path / "password"
        password.write_text(f"{PASSWORD}\n")
        password.chmod(0o600)
        given = {
            "host": "127.0.0.1", "port": port, "security": security, "from": "chronology@board.example", "to": ["manager@board.example"],
            "user": USER, "password_file": "password", "ca_file": str(certificate), **more,
        }  # fmt: skip
        path = tmp_path / "mail.toml"
        lines = [
            f"{key} = {str(value).lower() if isinstance(value, bool) else repr(value)}" for key, value in given.items() if value is not None
        ]
        path.write_text("[mail]\n" + "\n".join(lines) + "\n")
        return path

    return write


def sent(reviews, path):
    return mail_if_changed(reviews, statuses(reviews, ASKED), read_mail_settings(path))


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_it_is_sent_over_tls_with_counts_and_no_name_and_no_reference(reviews, settings, certificate, security):
    with mail_server(certificate, security) as server:
        assert sent(reviews, settings(server.server_address[1], security))
    (raw,) = server.sent
    message = email.message_from_string(raw, policy=policy.default)
    assert message["Subject"] == "Chronologies: 4 reviews: 1 failed, 2 wait for a person, 1 in order"
    assert (message["From"], message["To"]) == ("chronology@board.example", "manager@board.example")
    text = message.get_content()
    assert [
        words for words in ("1 agency missing, 1 overdue", "1 file refused", "3 rows to mend", "7 decisions open") if words not in text
    ] == []
    assert not [word for word in ("SCR-", "police", "gp", "Marisol", "Quillfeather", str(reviews)) if word in raw]
    if security == "starttls":
        assert [line.split()[0].upper() for line in server.heard[:3]] == ["EHLO", "STARTTLS", "EHLO"]


def test_reviews_are_called_by_their_references_only_where_the_settings_say_so(reviews, settings, certificate):
    (reviews / "d" / "case.toml").write_text("[case")
    with mail_server(certificate, "starttls") as server:
        sent(reviews, settings(server.server_address[1], references=True))
    (raw,) = server.sent
    assert [word in raw for word in ("SCR-A", "SCR-B: waits for a person", "SCR-C: its last run failed")] == [False, True, True]
    assert "review 4 in order of name: could not be read" in raw
    assert not [word for word in ("police", "Marisol", "Quillfeather", str(reviews)) if word in raw]


def test_nothing_is_sent_where_nothing_has_changed_unless_that_is_asked_for(reviews, settings, certificate):
    with mail_server(certificate, "starttls") as server:
        port = server.server_address[1]
        assert [sent(reviews, settings(port)) for _ in range(3)] == [True, False, False]
        make(reviews / "e", "SCR-E", outcome=WORSE, ended=LAST_NIGHT)
        assert [sent(reviews, settings(port)) for _ in range(2)] == [True, False]
        assert [sent(reviews, settings(port, when_unchanged=True)) for _ in range(2)] == [True, True]
        assert sent(reviews, settings(port, to=["another@board.example"]))
    assert len(server.sent) == 5


def test_another_day_alone_is_no_change(reviews):
    later = type(ASKED)(ASKED.now + timedelta(hours=18), timedelta(hours=48))
    assert list(text_of(statuses(reviews, ASKED), references=True)) == list(text_of(statuses(reviews, later), references=True))


def test_what_is_kept_of_an_e_mail_is_a_hash_that_this_account_alone_may_read(reviews, settings, certificate):
    with mail_server(certificate, "tls") as server:
        sent(reviews, settings(server.server_address[1], "tls"))
    (kept,) = reviews.glob(".mailed-*")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert len(kept.read_text()) == 65


UNSENT = {
    "a server that is not trusted": ({"ca_file": None}, "SSLCertVerificationError"),
    "a server without STARTTLS": ({"offered": "none"}, "SMTPNotSupportedError"),
    "a wrong user": ({"user": "somebody"}, "SMTPAuthenticationError, 535"),
    "an address that is refused": ({"to": ["nobody@board.example"]}, "SMTPRecipientsRefused"),
    "one address of two that is refused": ({"to": ["manager@board.example", "nobody@board.example"]}, "refused 1 of the addresses"),
}


@pytest.mark.parametrize(("given", "said"), UNSENT.values(), ids=UNSENT)
def test_what_cannot_be_sent_is_one_line_without_the_server_s_words_and_is_tried_again(reviews, settings, certificate, given, said):
    more = {key: value for key, value in given.items() if key != "offered"}
    with mail_server(certificate, given.get("offered", "starttls")) as server:
        for _ in range(2):
            with pytest.raises(OutputError, match=said) as error:
                sent(reviews, settings(server.server_address[1], **more))
            assert "Zebediah" not in str(error.value)
            assert PASSWORD not in str(error.value)
    assert not any(PASSWORD in line for line in server.heard)


def test_a_server_that_is_not_there_leaves_the_list_and_ends_with_status_2(reviews, settings, capsys):
    assert main(["status", str(reviews), "--mail", str(settings(1))]) == 2
    told = capsys.readouterr()
    assert told.out.startswith("4 reviews: ")
    assert "could not be sent (ConnectionRefusedError)" in told.err


WRONG = {
    "security must be": {"security": "none"},
    "port must be a number": {"port": 70000},
    "port must be a whole number": {"port": True},
    "host must be": {"host": "mail board"},
    "from must be": {"from": "somebody"},
    "to a list": {"to": []},
    "to a list of them": {"to": ["a@board.example, b@board.example"]},
    "host is missing": {"host": None},
    "user and password_file": {"user": None},
    "a key is unknown": {"subject": "x"},
    "references must be": {"references": "yes"},
    "ca_file cannot": {"ca_file": "none.pem"},
}


@pytest.mark.parametrize("said", WRONG)
def test_settings_that_cannot_be_are_said_by_their_key(reviews, settings, said):
    with pytest.raises(CaseError, match=said):
        sent(reviews, settings(**WRONG[said]))


@pytest.mark.parametrize("text", ["[mail", "", "mail = 3", "[mail]\n[more]\n"])
def test_a_file_that_holds_no_settings_is_said(tmp_path, text):
    (tmp_path / "mail.toml").write_text(text)
    with pytest.raises(CaseError, match="settings of e-mail"):
        read_mail_settings(tmp_path / "mail.toml")


def test_a_password_that_others_may_read_is_refused(reviews, settings, tmp_path):
    path = settings()
    (tmp_path / "password").chmod(0o640)
    with pytest.raises(CaseError, match="password file of e-mail can be read by others"):
        read_mail_settings(path)


def test_settings_never_show_the_password(settings):
    assert PASSWORD not in repr(read_mail_settings(settings()))
