"""The cases that a verifier is shown, and how its verdicts are told."""

import json
import pathlib
import sys


def cases():
    return json.loads(pathlib.Path(sys.argv[1], "cases.json").read_text(encoding="utf-8"))


def tell(case, form, judge):
    """Says what `judge` says: it returns, or it raises."""
    try:
        said = judge()
        accepted = True
    except Exception as refusal:  # whatever it is, the verifier does not accept
        said = f"{type(refusal).__name__}: {refusal}"
        accepted = False
    line = {"case": case["name"], "form": form, "accepted": accepted, "said": str(said)[:500]}
    print(json.dumps(line), flush=True)


def download_from(case):
    """The web of a case, for who takes tokens where there are two forms."""

    def download(address, *_, **__):
        answer = case["web"].get(address)
        if answer is None:
            raise OSError(f"nothing is published at {address}")
        return (answer["jwt"] or answer["json"]).encode()

    return download
