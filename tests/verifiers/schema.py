"""The JSON Schema of Open Badges 3.0, as 1EdTech publishes it and as openbadgeslib's source archive keeps it."""

import json
import pathlib
import sys

from cases import cases, tell
from jsonschema import Draft201909Validator

SCHEMA = pathlib.Path(sys.prefix, "share", "ob_v3p0_achievementcredential_schema.json")


def judge(validator, document):
    errors = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(document)]
    if errors:
        raise ValueError("; ".join(errors))
    return "valid"


schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
Draft201909Validator.check_schema(schema)
validator = Draft201909Validator(schema, format_checker=Draft201909Validator.FORMAT_CHECKER)
for case in cases():
    if case["document"] is not None:
        tell(case, "document", lambda: judge(validator, json.loads(case["document"])))
