#!/usr/bin/env python3
"""Python's imaplib: folders, APPEND, flags, search, copies, IDLE where it knows it, and errors."""
import imaplib
import os
import ssl
import time

env = os.environ
context = ssl.create_default_context(cafile=env["CA"])


def ok(answer):
    kind, data = answer
    assert kind == "OK", answer
    return data


client = imaplib.IMAP4("localhost", int(env["IMAP"]))
client.starttls(context)
try:
    client.login(env["ADDRESS"], "wrong")
    raise SystemExit("a wrong password was taken")
except imaplib.IMAP4.error as error:
    assert b"AUTHENTICATIONFAILED" in error.args[0] or "AUTHENTICATIONFAILED" in str(error), error
ok(client.login(env["ADDRESS"], env["PASSWORD"]))
capabilities = ok(client.capability())[0].decode().split()
for capability in ("IDLE", "MOVE", "UIDPLUS", "UNSELECT"):
    assert capability in capabilities, capabilities

folder = '"Pr&APw-fungen/2026"'
client.delete(folder)
client.delete('"Pr&APw-fungen"')
ok(client.create(folder))
assert any(folder.encode() in line for line in ok(client.list())), "LIST"
for i in range(3):
    text = f"Subject: message {i}\r\nFrom: ann@example.org\r\n\r\nText {i}.\r\n".encode()
    assert b"APPENDUID" in ok(client.append(folder, r"(\Flagged)", imaplib.Time2Internaldate(time.time()), text))[0]
assert ok(client.select(folder)) == [b"3"]
assert ok(client.search(None, "FLAGGED", "SUBJECT", '"message 1"')) == [b"2"]
data = ok(client.fetch("2", "(UID FLAGS BODY.PEEK[TEXT])"))
assert data[0][1] == b"Text 1.\r\n", data
ok(client.store("1", "+FLAGS.SILENT", r"(\Deleted)"))
ok(client.uid("COPY", "3", "INBOX"))
assert ok(client.expunge()) == [b"1"]
assert ok(client.status(folder, "(MESSAGES UIDNEXT)"))[0].endswith(b"(MESSAGES 2 UIDNEXT 4)")
assert client.select("nowhere")[0] == "NO"
ok(client.select(folder))
ok(client.unselect())
assert client.namespace()[0] == "OK"
ok(client.delete(folder))
ok(client.delete('"Pr&APw-fungen"'))
client.logout()
