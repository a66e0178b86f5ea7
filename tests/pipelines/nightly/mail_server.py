"""A mail server on loopback for tests: STARTTLS or TLS, with a certificate of its own; keeps what it was given."""

import base64
import socketserver
import ssl
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "reviews", "a password of nobody"


def make_certificate(folder):
    """A key and certificate for 127.0.0.1; gives their file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now - timedelta(days=1), now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


class _Session(socketserver.StreamRequestHandler):
    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())
        self.wfile.flush()

    def secure(self):
        self.connection = self.server.tls.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb")

    def handle(self):
        try:
            if self.server.security == "tls":
                self.secure()
            self.serve()
        except (OSError, ValueError):  # the client did not trust us, or went
            return

    def serve(self):
        self.say("220 here")
        while line := self.rfile.readline().decode().strip():
            self.server.heard.append(line)
            verb, _, rest = line.partition(" ")
            verb = verb.upper()
            if verb == "QUIT":
                self.say("221 goodbye")
                return
            if verb == "STARTTLS":
                self.say("220 go on")
                self.secure()
            elif verb == "DATA":
                self.say("354 go on")
                self.server.sent.append(b"".join(iter(self.rfile.readline, b".\r\n")).decode())
                self.say("250 kept")
            else:
                self.answer(verb, rest)

    def answer(self, verb, rest):
        if verb == "EHLO":
            offers = ["here", *(["STARTTLS"] if self.server.security == "starttls" else []), "AUTH PLAIN"]
            for number, offer in enumerate(offers, start=1):
                self.say(f"250{' ' if number == len(offers) else '-'}{offer}")
        elif verb == "AUTH":
            given = base64.b64decode(rest.partition(" ")[2]).decode().split("\0")
            self.say("235 welcome" if given == ["", USER, PASSWORD] else "535 5.7.8 not you, Zebediah")
        else:
            self.say("550 5.1.1 nobody here called Zebediah" if verb == "RCPT" and "nobody@" in rest else "250 fine")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True


@contextmanager
def mail_server(certificate, security):
    """Serves on a free port of loopback; `sent` are the messages it was given, `heard` the commands."""
    with _Server(("127.0.0.1", 0), _Session) as server:
        server.security, server.sent, server.heard = security, [], []
        server.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        server.tls.load_cert_chain(certificate)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()
