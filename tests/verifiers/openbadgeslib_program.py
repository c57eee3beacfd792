"""The command line of openbadgeslib, which reads badges in pictures. It is given the key, and asks for no status list."""

import base64
import json
import pathlib
import subprocess
import sys

from cases import cases, tell
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from openbadgeslib.ob3.did import resolve_verification_method

PROGRAM = pathlib.Path(sys.executable).with_name("openbadges-verifier")


def key_file(case, form):
    """The key that signs this form now, as the program wants it: in a file."""
    methods = published(case)["verificationMethod"]
    kind = "JsonWebKey" if form.startswith("token") else "Multikey"
    method = next(method for method in methods if method["type"] == kind)
    if kind == "JsonWebKey":
        x, y = (int.from_bytes(base64.urlsafe_b64decode(method["publicKeyJwk"][one] + "=")) for one in "xy")
        key = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
        pem = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    else:
        pem = resolve_verification_method(method["id"], download=lambda _: json.dumps(published(case)).encode())
    file = pathlib.Path(sys.argv[1], f"{kind}.pem")
    file.write_bytes(pem)
    return file


def published(case):
    (document,) = (answer["json"] for address, answer in case["web"].items() if address.endswith("/did.json"))
    return json.loads(document)


def judge(case, form, picture):
    asked = [PROGRAM, "-i", picture, "-k", key_file(case, form), "-r", case["holder"], "--json"]
    answer = subprocess.run(asked, capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        raise ValueError(answer.stdout + answer.stderr)
    return answer.stdout


for case in cases():
    for form, picture in case["pictures"].items():
        tell(case, form, lambda: judge(case, form, picture))
