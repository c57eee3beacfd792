"""openbadgeslib: tokens and documents, keys and status lists from the web of the case."""

from cases import cases, download_from, tell
from openbadgeslib.ob3.ldp import OB3LdpVerifier
from openbadgeslib.ob3.verifier import OB3Verifier


def judge(verifier, case, text):
    download = download_from(case)
    verifier.for_issuer_did(case["issuer"], download=download).verify(
        text, expected_recipient=case["holder"], check_status=True, download=download
    )
    return "accepted"


for case in cases():
    if case["token"] is not None:
        tell(case, "token", lambda: judge(OB3Verifier, case, case["token"]))
    if case["document"] is not None:
        tell(case, "document", lambda: judge(OB3LdpVerifier, case, case["document"]))
