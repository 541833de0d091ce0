"""An authority of time stamps on this machine: `openssl ts`, behind an address of the loopback."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from cryptography.x509 import Certificate, load_pem_x509_certificate

# Without `certs`: OpenSSL 3.0 would put signer and chain in an order that strict readers of DER refuse.
CONFIGURATION = """
[req]
distinguished_name = nobody
[nobody]
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
[signer]
basicConstraints = CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[local]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""
KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")


@dataclass(frozen=True)
class TimestampAuthority:
    """Its folder holds `root.pem`, which everybody may know, and what it signs with."""

    folder: Path

    @property
    def root(self) -> Certificate:
        """The certificate from which its own descends."""
        return load_pem_x509_certificate((self.folder / "root.pem").read_bytes())

    def openssl(self, *words: str) -> str:
        """Run openssl in the folder and return what it says."""
        done = subprocess.run(["openssl", *words], cwd=self.folder, capture_output=True, text=True, check=True)
        return done.stdout

    def answer(self, question: bytes) -> bytes:
        """Stamp what is asked for."""
        (self.folder / "question").write_bytes(question)
        signer = ("-signer", "tsa.pem", "-inkey", "tsa.key")
        asked = ("-config", "tsa.cnf", "-section", "local", "-queryfile", "question", "-out", "answer")
        self.openssl("ts", "-reply", *asked, *signer)
        return (self.folder / "answer").read_bytes()


def found(folder: Path) -> TimestampAuthority:
    """Found an authority in a folder: a root, and a signer under it."""
    folder.mkdir()
    authority = TimestampAuthority(folder)
    (folder / "tsa.cnf").write_text(CONFIGURATION)
    (folder / "serial").write_text("01\n")
    shared = ("-config", "tsa.cnf")
    root = ("-keyout", "root.key", "-out", "root.pem", "-subj", "/O=Test/CN=Root")
    authority.openssl("req", "-x509", *KEY, *root, "-days", "9999", *shared, "-extensions", "root")
    authority.openssl("req", *KEY, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/O=Test/CN=Marca", *shared)
    signing = (
        "-CA",
        "root.pem",
        "-CAkey",
        "root.key",
        "-CAcreateserial",
        "-extfile",
        "tsa.cnf",
        "-extensions",
        "signer",
    )
    authority.openssl("x509", "-req", "-in", "tsa.csr", *signing, "-out", "tsa.pem", "-days", "9999")
    return authority


@contextmanager
def served(authority: TimestampAuthority, *, status: int = 200, instead: bytes | None = None) -> Iterator[str]:
    """Let it answer at an address. `instead`: the bytes that it gives whatever it is asked."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            question = self.rfile.read(int(self.headers["Content-Length"]))
            is_meant = self.headers["Content-Type"] == "application/timestamp-query"
            content = (authority.answer(question) if instead is None else instead) if is_meant else b""
            self.send_response(status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/tsa"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
