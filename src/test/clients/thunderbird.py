#!/usr/bin/env python3
"""Thunderbird sets up an account by autoconfig, reads a message and deletes it.

Driven through its Marionette port, without a screen. Needs the right to listen on port 80 of a loopback address, where
autoconfig.DOMAIN is asked for: every name leads there, and whatever comes is handed on to the panel's port.
"""
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import threading

HOST = "127.0.0.80"
env = os.environ
work = pathlib.Path(env["WORK"])


def hand_on(port, target):
    """Accepts on HOST:port for ever, and joins each connection with 127.0.0.1:target."""
    server = socket.create_server((HOST, port), reuse_port=False)

    def pump(source, sink):
        try:
            while data := source.recv(65536):
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def accept():
        while True:
            near, _ = server.accept()
            far = socket.create_connection(("127.0.0.1", target))
            for pair in ((near, far), (far, near)):
                threading.Thread(target=pump, args=pair, daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()


class Marionette:
    """The remote protocol of Gecko: a length, a colon, a JSON array."""

    def __init__(self, port, process):
        while True:
            try:
                self.socket = socket.create_connection(("127.0.0.1", port), timeout=1)
                break
            except OSError:
                if process.poll() is not None:
                    raise SystemExit("thunderbird ended")
                threading.Event().wait(0.2)  # its port opens when it is ready
        self.socket.settimeout(120)
        self.file = self.socket.makefile("rb")
        self.next = 0
        self.receive()

    def receive(self):
        length = b""
        while (octet := self.file.read(1)) != b":":
            if not octet:
                raise SystemExit("thunderbird closed the connection")
            length += octet
        return json.loads(self.file.read(int(length)))

    def command(self, name, **parameters):
        self.next += 1
        text = json.dumps([0, self.next, name, parameters]).encode()
        self.socket.sendall(b"%d:%s" % (len(text), text))
        _, _, error, result = self.receive()
        if error:
            raise SystemExit(f"{name}: {error.get('message')}\n{error.get('stacktrace')}")
        return result

    def script(self, body, *args):
        """Runs the body of an async function with privileges; gives what it returns."""
        wrapped = """
            const args = [...arguments]; const done = args.pop();
            (async () => {%s})().then(
                value => done({value}), error => done({error: String(error) + "\\n" + error.stack}));
        """ % body
        answer = self.command(
            "WebDriver:ExecuteAsyncScript", script=wrapped, args=list(args), sandbox="system")
        answer = answer["value"]
        if "error" in answer:
            raise SystemExit(answer["error"])
        return answer.get("value")


CREATE = """
    const [address, password, ca] = args;
    const certificates = Cc["@mozilla.org/security/x509certdb;1"].getService(Ci.nsIX509CertDB);
    certificates.addCertFromBase64(ca, "CT,,");
    const base = "resource:///modules/accountcreation/";
    const {FetchConfig} = ChromeUtils.importESModule(base + "FetchConfig.sys.mjs");
    const {AccountConfig} = ChromeUtils.importESModule(base + "AccountConfig.sys.mjs");
    const {CreateInBackend} = ChromeUtils.importESModule(base + "CreateInBackend.sys.mjs");
    const config = await FetchConfig.fromISP(
        address.split("@")[1], address, new AbortController().signal);
    AccountConfig.replaceVariables(config, "Ann Example", address, password);
    config.rememberPassword = true;
    const account = await CreateInBackend.createAccountInBackend(config);
    const server = account.incomingServer;
    return [config.subSource, server.type, server.port, account.defaultIdentity.email];
"""

# Whoever wants news of a folder asks for it and waits for the URL to stop.
COMMON = """
    const {MailServices} = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
    const server = MailServices.accounts.accounts.map(a => a.incomingServer).find(s => s.type == "imap");
    const listener = (resolve, reject) => ({
        OnStartRunningUrl() {},
        OnStopRunningUrl(url, status) {
            Components.isSuccessCode(status) ? resolve() : reject(new Error("status " + status.toString(16)));
        }});
    const update = folder => new Promise((resolve, reject) => {
        folder.QueryInterface(Ci.nsIMsgImapMailFolder).updateFolderWithListener(null, listener(resolve, reject));
    });
    const waitFor = async condition => {
        for (let i = 0; i < 600; i++) {
            const value = await condition();
            if (value) { return value; }
            await new Promise(r => setTimeout(r, 100));
        }
        throw new Error("waited in vain for " + condition);
    };
    const inbox = await waitFor(() => server.rootFolder.getFolderWithFlags(Ci.nsMsgFolderFlags.Inbox));
"""

READ = COMMON + """
    await update(inbox);
    const message = await waitFor(
        () => [...inbox.messages].find(m => m.mime2DecodedSubject == args[0]));
    const {MsgHdrToMimeMessage} = ChromeUtils.importESModule("resource:///modules/gloda/MimeMessage.sys.mjs");
    const mime = await new Promise(resolve => {
        MsgHdrToMimeMessage(message, null, (_, mime) => resolve(mime), true);
    });
    inbox.markMessagesRead([message], true);
    return [message.mime2DecodedAuthor, mime.coerceBodyToPlaintext(inbox),
        mime.allUserAttachments.map(a => a.name + " " + a.size)];
"""

DELETE = COMMON + """
    const message = [...inbox.messages].find(m => m.mime2DecodedSubject == args[0]);
    inbox.deleteMessages([message], null, false, false, null, false);
    const trash = await waitFor(() => server.rootFolder.getFolderWithFlags(Ci.nsMsgFolderFlags.Trash));
    await waitFor(async () => {
        trash.updateFolder(null);
        return [...trash.messages].some(m => m.mime2DecodedSubject == args[0]);
    });
    await waitFor(() => ![...inbox.messages].some(m => m.mime2DecodedSubject == args[0]));
    return trash.name;
"""


def main():
    subprocess.run(
        ["swaks", "--server", "127.0.0.1", "--port", env["SMTP"], "--from", "shop@sender.test", "--to", env["ADDRESS"],
         "--header", f"Subject: =?utf-8?q?for_Thunderbird_{os.getpid()}_=E2=9C=93?=", "--body", "Good news.\n",
         "--attach-type", "text/csv", "--attach-name", "list.csv", "--attach", "a,b,c\n" * 100],
        check=True, stdout=subprocess.DEVNULL)
    hand_on(80, int(env["HTTP"]))
    profile = work / "profile"
    profile.mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (profile / "user.js").write_text("".join(
        f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in {
            "marionette.port": port,
            "network.dns.forceResolve": HOST,
            "mailnews.auto_config_url": "",
            "mail.provider.suppress_dialog_on_startup": True,
            "mail.spotlight.firstRunDone": True,
            "app.update.enabled": False,
            "datareporting.policy.dataSubmissionEnabled": False,
            "toolkit.telemetry.enabled": False,
        }.items()))
    ca = "".join(line for line in pathlib.Path(env["CA"]).read_text().splitlines() if "-----" not in line)
    with open(work / "thunderbird.log", "wb") as log:
        process = subprocess.Popen(
            ["thunderbird", "--headless", "--marionette", "--remote-allow-system-access", "--no-remote",
             "--profile", str(profile)],
            stdout=log, stderr=log, start_new_session=True, env={**env, "HOME": str(work), "MOZ_HEADLESS": "1", "MOZ_LOG": "IMAP:4", "MOZ_LOG_FILE": str(work / "imap.log")})
    try:
        thunderbird = Marionette(port, process)
        thunderbird.command("WebDriver:NewSession", capabilities={"alwaysMatch": {}})
        thunderbird.command("WebDriver:SetTimeouts", script=90000)
        thunderbird.command("Marionette:SetContext", value="chrome")
        account = thunderbird.script(CREATE, env["ADDRESS"], env["PASSWORD"], ca)
        print("account", account)
        assert account == ["xml-from-isp-http", "imap", int(env["IMAPS"]), env["ADDRESS"]], account
        subject = f"for Thunderbird {os.getpid()} \N{CHECK MARK}"
        author, text, attachments = thunderbird.script(READ, subject)
        print("read", author, text, attachments)
        assert "shop@sender.test" in author and "Good news." in text, (author, text)
        assert attachments == ["list.csv 600"], attachments
        print("deleted", thunderbird.script(DELETE, subject))
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


if __name__ == "__main__":
    sys.exit(main())
