"""Prints templates as CloudFormation gets them, one a line: AWS SAM's own translator, with a bucket in the place of local code."""

import json
import os
import sys

from cfnlint.decode import cfn_yaml
from samtranslator.translator.transform import transform


class NoManagedPolicies:
    """The translator looks up the names of AWS's managed policies, for which it would ask an account."""

    def load(self):
        return {}


def with_code_in_a_bucket(template):
    functions = [
        resource.setdefault("Properties", {})
        for resource in template.get("Resources", {}).values()
        if resource["Type"] == "AWS::Serverless::Function"
    ]
    for settings in [template.get("Globals", {}).get("Function", {}), *functions]:
        if "CodeUri" in settings:
            settings["CodeUri"] = "s3://bucket/code.zip"
    return template


os.environ["AWS_DEFAULT_REGION"] = "eu-central-1"
for path in sys.argv[1:]:
    template = json.loads(json.dumps(cfn_yaml.load(path)))
    values = {name: parameter.get("Default", "value") for name, parameter in template.get("Parameters", {}).items()}
    print(json.dumps(transform(with_code_in_a_bucket(template), values, NoManagedPolicies())))
