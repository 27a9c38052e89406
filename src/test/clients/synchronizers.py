#!/usr/bin/env python3
"""mbsync and offlineimap keep a Maildir in step with the server, both ways: for some rounds both sides
change at random (new mail, flags, deletions), at the end both must hold the same messages and flags."""
import email
import imaplib
import os
import random
import ssl
import subprocess
import sys
import time
from pathlib import Path

env = os.environ
work = Path(env["WORK"])
context = ssl.create_default_context(cafile=env["CA"])
FOLDERS = ["INBOX", "Work"]
FLAGS = {"\\Seen": "S", "\\Flagged": "F", "\\Answered": "R", "\\Draft": "D"}
ROUNDS = int(env.get("ROUNDS", "8"))
seed = int(env.get("SEED", str(time.time_ns())))
rng = random.Random(seed)
made = 0


def message():
    global made
    made += 1
    text = "x" * rng.randrange(2000)
    return f"Message-ID: <m{made}.{seed}@here.test>\r\nSubject: message {made}\r\n\r\n{text}\r\n".encode()


def connect():
    client = imaplib.IMAP4_SSL("localhost", int(env["IMAPS"]), ssl_context=context)
    client.login(env["ADDRESS"], env["PASSWORD"])
    return client


def ok(answer):
    assert answer[0] == "OK", (answer, seed)
    return answer[1]


def on_server(client, folder):
    """Message-ID -> letters of flags, and Message-ID -> UID."""
    ok(client.select(folder))
    flags, uids = {}, {}
    for part in ok(client.uid("FETCH", "1:*", "(FLAGS BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])")):
        if isinstance(part, tuple):
            name = email.message_from_bytes(part[1])["Message-ID"]
            told = {f.decode() for f in imaplib.ParseFlags(part[0])}
            assert name not in flags, (name, "twice on the server", seed)
            flags[name] = "".join(sorted(FLAGS[f] for f in told if f in FLAGS))
            uids[name] = part[0].split(b"UID ")[1].split()[0].decode()
    return flags, uids


def in_maildir(path):
    found = {}
    for file in list(path.glob("cur/*")) + list(path.glob("new/*")):
        name = email.message_from_bytes(file.read_bytes())["Message-ID"]
        assert name not in found, (name, "twice in the Maildir", seed)
        info = file.name.partition(":2,")[2]
        found[name] = ("".join(sorted(c for c in info if c in "SFRD")), file)
    return found


def change_server(client, folder):
    _, uids = on_server(client, folder)
    for _ in range(rng.randrange(4)):
        ok(client.append(folder, rng.choice([None, "(\\Seen)"]), None, message()))
    for uid in rng.sample(sorted(uids.values()), min(len(uids), rng.randrange(6))):
        deed = rng.choice(["+FLAGS", "-FLAGS", "delete"])
        if deed == "delete":
            ok(client.uid("STORE", uid, "+FLAGS.SILENT", "(\\Deleted)"))
        else:
            ok(client.uid("STORE", uid, deed, "(" + rng.choice(list(FLAGS)) + ")"))
    ok(client.expunge())


def change_maildir(path):
    for _ in range(rng.randrange(4)):
        (path / "new" / f"{time.time_ns()}.{made}.here").write_bytes(message().replace(b"\r\n", b"\n"))
    found = in_maildir(path)
    for name in rng.sample(sorted(found), min(len(found), rng.randrange(6))):
        letters, file = found[name]
        deed = rng.choice(["add", "remove", "delete"])
        if deed == "delete":
            file.unlink()
            continue
        letter = rng.choice("SFRD")
        now = set(letters) | {letter} if deed == "add" else set(letters) - {letter}
        base = file.name.partition(":2,")
        if base[1]:
            file.rename(path / "cur" / (base[0] + ":2," + "".join(sorted(now))))


def run(command):
    ended = subprocess.run(command, capture_output=True, text=True, timeout=120)
    if ended.returncode != 0:
        sys.exit(f"{command[0]} failed, seed {seed}:\n{ended.stdout}\n{ended.stderr}")


class Mbsync:
    def __init__(self, home):
        self.home = home
        (home / "rc").write_text(f"""
IMAPStore far
Host localhost
Port {env["IMAPS"]}
User {env["ADDRESS"]}
Pass {env["PASSWORD"]}
SSLType IMAPS
CertificateFile {env["CA"]}

MaildirStore near
Path {home}/mail/
Inbox {home}/mail/INBOX
SubFolders Verbatim

Channel all
Far :far:
Near :near:
Patterns INBOX Work
Create Both
Expunge Both
SyncState *
""")
        (home / "mail").mkdir()

    def sync(self):
        run(["mbsync", "-c", str(self.home / "rc"), "-a"])


class OfflineImap:
    def __init__(self, home):
        self.home = home
        (home / "rc").write_text(f"""
[general]
accounts = one
metadata = {home}/meta
ui = quiet
[Account one]
localrepository = near
remoterepository = far
[Repository near]
type = Maildir
localfolders = {home}/mail
[Repository far]
type = IMAP
remotehost = localhost
remoteport = {env["IMAPS"]}
remoteuser = {env["ADDRESS"]}
remotepass = {env["PASSWORD"]}
ssl = yes
sslcacertfile = {env["CA"]}
folderfilter = lambda name: name in {FOLDERS!r}
""")

    def sync(self):
        run(["offlineimap", "-c", str(self.home / "rc"), "-o"])


def compare(client, home):
    for folder in FOLDERS:
        server, _ = on_server(client, folder)
        local = {name: letters for name, (letters, _) in in_maildir(home / "mail" / folder).items()}
        assert server == local, (folder, seed, set(server.items()) ^ set(local.items()))
        print(folder, len(server), "messages are the same")


client = connect()
client.create("Work")
for program in (Mbsync, OfflineImap):
    home = work / program.__name__
    home.mkdir()
    synchronizer = program(home)
    for _ in range(ROUNDS):
        for folder in FOLDERS:
            change_server(client, folder)
        synchronizer.sync()
        for folder in FOLDERS:
            change_server(client, folder)
            change_maildir(home / "mail" / folder)
        synchronizer.sync()
    synchronizer.sync()
    compare(client, home)
client.logout()
