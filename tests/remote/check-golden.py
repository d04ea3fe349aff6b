#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-golden.py GOLDEN-FOLDER OPENAPI-FILE: each member of our golden bodies is in Xero's official schema, and of
its type. Prints TAP; skips where the file or PyYAML isn't there."""
import json
import pathlib
import sys

golden, official = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
try:
    import yaml
except ImportError:
    print("1..0 # SKIP PyYAML isn't installed")
    sys.exit(0)
if not official.exists():
    print("1..0 # SKIP no official OpenAPI file beside the project")
    sys.exit(0)

# Numbers and dates stay text: YAML 1.1 would turn them into something else.
schemas = yaml.load(official.read_text(), Loader=yaml.BaseLoader)["components"]["schemas"]
errors = []


def resolve(schema):
    while "$ref" in schema:
        schema = schemas[schema["$ref"].rsplit("/", 1)[1]]
    return schema


def check(value, schema, path):
    schema = resolve(schema)
    kind = schema.get("type", "object")
    types = {"object": dict, "array": list, "string": str, "number": (int, float), "integer": int, "boolean": bool}
    if not isinstance(value, types[kind]):
        errors.append(f"{path}: not {kind}")
    elif kind == "object":
        for name, member in value.items():
            if name not in schema.get("properties", {}):
                errors.append(f"{path}.{name}: unknown")
            else:
                check(member, schema["properties"][name], f"{path}.{name}")
    elif kind == "array":
        for i, element in enumerate(value):
            check(element, schema["items"], f"{path}[{i}]")
    elif "enum" in schema and value not in schema["enum"]:
        errors.append(f"{path}: {value} isn't in the list")


files = sorted(golden.glob("*.json"))
print(f"1..{len(files)}")
for i, file in enumerate(files, 1):
    errors.clear()
    body = json.loads(file.read_text())
    (wrapper,) = body.keys()
    check(body, schemas[wrapper], wrapper)
    for error in errors:
        print(f"# {error}")
    print(f"{'not ok' if errors else 'ok'} {i} {file.name}")
sys.exit(0)
