"""A line for each template: what SAM's translator makes of it, as JSON, or `refused`."""

import json
import logging
import os
import sys

from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator

logging.disable(logging.CRITICAL)
os.environ["AWS_DEFAULT_REGION"] = "eu-central-1"


def compiled(path):
    with open(path, encoding="utf-8") as file:
        template = json.load(file)
    try:
        return json.dumps(Translator({}, Parser()).translate(sam_template=template, parameter_values={}))
    except Exception:  # It has many kinds.
        return "refused"


for path in sys.argv[1:]:
    print(compiled(path), flush=True)
