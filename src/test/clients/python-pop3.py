#!/usr/bin/env python3
"""Python's poplib: STLS, capabilities, one message at a time, and the maildrop that somebody else has open."""
import os
import poplib
import smtplib
import ssl

env = os.environ
context = ssl.create_default_context(cafile=env["CA"])


def connect():
    client = poplib.POP3("localhost", int(env["POP3"]))
    client.stls(context)
    client.user(env["ADDRESS"])
    client.pass_(env["PASSWORD"])
    return client


with smtplib.SMTP("127.0.0.1", int(env["SMTP"])) as smtp:
    for i in range(5):
        smtp.sendmail("shop@sender.test", env["ADDRESS"], f"Subject: number {i}\r\n\r\n.dots\r\n..and more\r\n" + "line\r\n" * 50)

client = connect()
assert {"TOP", "UIDL", "PIPELINING", "RESP-CODES"} <= set(client.capa()), client.capa()
count, size = client.stat()
assert count >= 5, count
sizes = [int(line.split()[1]) for line in client.list()[1]]
assert sum(sizes) == size, (sizes, size)
try:
    connect()
    raise SystemExit("two sessions in one maildrop")
except poplib.error_proto as error:
    assert b"[IN-USE]" in error.args[0], error
ids = [line.split()[1] for line in client.uidl()[1]]
assert len(set(ids)) == count, ids
lines, octets = client.retr(count)[1:]
assert b".dots" in lines and b"..and more" in lines, lines
assert octets == sizes[-1], (octets, sizes[-1])
assert b"line" not in client.top(count, 2)[1]
client.dele(count)
client.rset()
client.dele(1)
client.quit()
client = connect()
assert [line.split()[1] for line in client.uidl()[1]] == ids[1:]
for i in range(1, count):
    client.dele(i)
client.quit()
