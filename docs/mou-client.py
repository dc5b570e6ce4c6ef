"""An example: draft an MOU, make its files, and read what the other side changed. Python alone, no package.

python docs/mou-client.py http://127.0.0.1:8000
"""

import json
import sys
import urllib.request
import uuid

ANSWERS = {
    "common": {"binding": "partly"},
    "values": {"en": {"telecom_regulator_name": "Board of Atlantis", "central_bank_name": "Bank of Atlantis"}},
}


def post(address: str, data: object) -> bytes:
    body = json.dumps(data).encode()
    request = urllib.request.Request(address, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as response:
        return response.read()


def send_file(address: str, source: object, file: bytes) -> dict:
    boundary = uuid.uuid4().hex
    parts = [
        ('name="source"', json.dumps(source).encode()),
        ('name="file"; filename="mou.docx"', file),
    ]
    body = b"".join(
        f"--{boundary}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + content + b"\r\n"
        for head, content in parts
    )
    kind = f"multipart/form-data; boundary={boundary}"
    request = urllib.request.Request(address, body + f"--{boundary}--\r\n".encode(), {"Content-Type": kind})
    with urllib.request.urlopen(request) as response:
        return json.load(response)


def main(site: str) -> None:
    api = f"{site}/api/v1/mou"
    state = {"languages": ["en"], "language": "en", "answers": ANSWERS}
    questions = json.loads(post(f"{api}/questions/needed", state))
    print(questions["count"], "questions are needed,", questions["open"], "have no answer yet")
    verdict = json.loads(post(f"{api}/validate", state))
    print("the answers are", "valid" if verdict["is_valid"] else verdict["problems"])
    document = {"language": "en", "answers": ANSWERS}
    for name in ("docx", "pdf", "odt", "md", "akn"):
        with open(f"mou.{name}", "wb") as file:
            file.write(post(f"{api}/documents", document | {"format": name}))
    changed = {"answers": ANSWERS | {"common": {"binding": "no"}}}
    found = json.loads(post(f"{api}/compare", {"language": "en", "before": {"answers": ANSWERS}, "after": changed}))
    print(found["count"], "clauses differ between the two states")
    with open("mou.docx", "rb") as file:
        print(send_file(f"{api}/returned", document, file.read())["count"], "changes in the file that came back")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
