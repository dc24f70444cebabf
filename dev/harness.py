"""Real processes on scratch databases, for dev/scratch and dev/bench.

What a test of Odoo cannot do (several processes, SIGKILL, true concurrency) a script
here does. ``dev/hub scratch`` and ``dev/hub bench`` start it::

    from harness import Worker, check, finish, scratch_database

    with scratch_database() as db, Worker(db) as one, Worker(db) as two:
        one.run("lead = env['crm.lead'].create({'name': 'A'}); env.cr.commit()")
        two.start("time.sleep(5)")
        two.kill()
        check("the project is there", one.run("result = lead.exists().name") == "A")
    finish()
"""

import contextlib
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import textwrap
import threading
import time
import urllib.request
import xmlrpc.client
from pathlib import Path
from queue import Empty, Queue

CONF = os.environ["HUB_CONF"]
CLONE = Path(CONF).parent
ODOO = os.environ["HUB_ODOO"]
PLAIN = os.environ["HUB_PLAIN"]  # database with what the addon depends on
WITH_ADDON = os.environ["HUB_WITH_ADDON"]  # the same with the addon
ADDON = "solidarity_hub"

_results = {True: 0, False: 0}
_skipped = []


def check(sentence, condition, detail=""):
    """Print one line of proof; a false one makes the script fail."""
    good = bool(condition)
    _results[good] += 1
    print("ok  " if good else "FAIL", sentence, "" if good else detail, flush=True)
    return good


def skip(sentence, reason):
    _skipped.append(sentence)
    print("skip", sentence, f"({reason})", flush=True)


def finish():
    """End the script with its sum, as the runner reads it."""
    print(f"{_results[True]} passed, {_results[False]} failed, {len(_skipped)} skipped")
    sys.exit(bool(_results[False] or not (_results[True] or _skipped)))


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


_numbers = iter(range(1000))


def _filestore(db):
    return CLONE / "data" / "filestore" / db


def drop_database(db):
    subprocess.run(
        ["dropdb", "--if-exists", "--force", db],
        check=False,
        stderr=subprocess.DEVNULL,
    )
    shutil.rmtree(_filestore(db), ignore_errors=True)


@contextlib.contextmanager
def scratch_database(template=WITH_ADDON):
    """A fresh copy of ``template``, dropped at the end."""
    db = f"scratch_{os.getpid()}_{next(_numbers)}"
    subprocess.run(["createdb", "-T", template, db], check=True)
    if _filestore(template).exists():
        shutil.copytree(_filestore(template), _filestore(db), copy_function=os.link)
    try:
        yield db
    finally:
        drop_database(db)


def odoo(*args, check=True, timeout=600):
    """Run Odoo's command line to its end; returns what it logged."""
    command = [ODOO, *args, "-c", CONF]
    done = subprocess.run(
        command,
        check=False,
        cwd=CLONE,
        timeout=timeout,
        capture_output=True,
        text=True,
    )
    output = done.stdout + done.stderr
    if check and done.returncode:
        raise RuntimeError(f"{command} ended with {done.returncode}\n{output}")
    return output


# What a worker runs: a piece of code per line of input, an answer per line of output.
_LOOP = """
import contextlib, json, os, sys, time, traceback
out = os.fdopen(os.dup(1), "w"); os.dup2(2, 1)
from odoo.api import Environment
from odoo.modules.registry import Registry
from odoo.tools import config
options = ["-c", sys.argv[1], "-d", sys.argv[2], "--no-http", "--log-level=error"]
config.parse_config(options, setup_logging=True)
registry = Registry(sys.argv[2])
cr = registry.cursor()
env = Environment(cr, 1, {})
class TakeBack(Exception): pass
names = {"env": env, "time": time, "registry": registry, "contextlib": contextlib,
         "TakeBack": TakeBack}
print(json.dumps({"result": "ready"}), file=out, flush=True)
for line in sys.stdin:
    names["result"] = None
    try:
        exec(json.loads(line), names)
        answer = {"result": names["result"]}
    except Exception as error:
        cr.rollback()
        env.invalidate_all()
        message = f"{type(error).__name__}: {error}"
        answer = {"error": message, "trace": traceback.format_exc()}
    print(json.dumps(answer, default=str), file=out, flush=True)
cr.close()
"""


_MEASURE = """
env.flush_all()
env.invalidate_all()
import gc
gc.collect()
with contextlib.suppress(TakeBack), env.cr.savepoint():
    began, queries = time.perf_counter(), env.cr.sql_log_count
    try:
{code}
    finally:
        env.flush_all()
        result = [time.perf_counter() - began, env.cr.sql_log_count - queries]
    raise TakeBack
env.invalidate_all()
"""


class WorkerError(Exception):
    """What the code of a worker raised; ``trace`` is its traceback."""

    trace = ""


class Worker:
    """One Odoo process with its own cursor, which runs pieces of code one by one.

    The code finds ``env`` (superuser), ``time`` and what earlier pieces defined; it
    commits by ``env.cr.commit()`` and answers in ``result`` (anything JSON). An error
    rolls back.
    """

    def __init__(self, db):
        self.process = subprocess.Popen(
            [Path(ODOO).parent / "python", "-c", _LOOP, CONF, db],
            cwd=CLONE,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._answers = Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self._answers.put(json.loads(line))
        self._answers.put({"error": "the process ended", "trace": ""})

    def __enter__(self):
        self.result(120)
        return self

    def __exit__(self, *exc):
        self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()

    def measure(self, code):
        """Seconds and SQL queries of ``code``, which is then taken back."""
        return self.run(_MEASURE.format(code=textwrap.indent(code, "        ")), 600)

    def start(self, code):
        """Begin ``code`` and return at once; ``result()`` waits for it."""
        self.process.stdin.write(json.dumps(code) + "\n")
        self.process.stdin.flush()

    def result(self, timeout=60):
        try:
            answer = self._answers.get(timeout=timeout)
        except Empty:
            raise TimeoutError(f"no answer within {timeout} seconds") from None
        if "error" in answer:
            error = WorkerError(answer["error"])
            error.trace = answer["trace"]
            raise error
        return answer["result"]

    def run(self, code, timeout=60):
        self.start(code)
        return self.result(timeout)

    def fails(self, timeout=60):
        """The message with which the started code fails, or None."""
        try:
            self.result(timeout)
        except WorkerError as error:
            return str(error)
        return None

    def kill(self):
        """SIGKILL: no farewell, no rollback by Odoo itself."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def compare(sentence, without, with_addon, code, goal=1.10, rounds=5):
    """Median of interleaved rounds of ``code`` in two workers, and their queries."""
    pair = (without, with_addon)
    for worker in pair:  # caches
        worker.measure(code)
    taken = [[worker.measure(code) for worker in pair] for _round in range(rounds)]
    old, new = (statistics.median(t[n][0] for t in taken) for n in (0, 1))
    before, after = taken[-1][0][1], taken[-1][1][1]
    print(
        f"{sentence}: {old:.3f} s -> {new:.3f} s, ratio {new / old:.2f},"
        f" queries {before} -> {after}"
    )
    check(f"{sentence}: at most {goal:.2f} times as long", new / old <= goal)
    check(f"{sentence}: not one query more", after <= before, after - before)


class Server:
    """A real Odoo server: ``with Server(db) as server: client = server.login(...)``."""

    def __init__(self, db, *options):
        self.db = db
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = CLONE / "logs" / f"server-{db}.log"
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(
                [ODOO, "-c", CONF, "-d", db, "--http-port", str(self.port)]
                + ["--gevent-port", str(free_port()), *(options or NO_CRON)],
                cwd=CLONE,
                stdout=log,
                stderr=log,
            )

    def __enter__(self):
        for _second in range(240):
            if self.process.poll() is not None:
                raise RuntimeError(f"the server ended, see {self.log}")
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{self.url}/web/login", timeout=60).read()
                return self
            time.sleep(0.5)
        raise TimeoutError(f"the server does not answer, see {self.log}")

    def __exit__(self, *exc):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self):
        self.process.kill()
        self.process.wait()

    def login(self, login="admin", password="admin"):
        return Client(self.url, self.db, login, password)


NO_CRON = ("--max-cron-threads=0",)


class Client:
    """RPC as one user: ``client.call("res.partner", "search_count", [])``."""

    def __init__(self, url, db, login, password):
        self.db, self.password = db, password
        common = xmlrpc.client.ServerProxy(f"{url}/xmlrpc/2/common", allow_none=True)
        self._object = xmlrpc.client.ServerProxy(
            f"{url}/xmlrpc/2/object", allow_none=True
        )
        self.uid = common.authenticate(db, login, password, {})
        if not self.uid:
            raise PermissionError(f"{login} may not log in")

    @staticmethod
    def _proxy(url):
        return xmlrpc.client.ServerProxy(url, allow_none=True)

    def call(self, model, method, *args, **kwargs):
        """Raises xmlrpc.client.Fault with Odoo's message where it refuses."""
        return self._object.execute_kw(
            self.db, self.uid, self.password, model, method, args, kwargs
        )


def json2(url, db, key, model, method, **arguments):
    """One call of Odoo's JSON-2 API with an API key; raises HTTPError where refused."""
    request = urllib.request.Request(
        f"{url}/json/2/{model}/{method}",
        json.dumps(arguments).encode(),
        {
            "Authorization": f"bearer {key}",
            "Content-Type": "application/json",
            "X-Odoo-Database": db,
        },
    )
    with urllib.request.urlopen(request, timeout=60) as response:
        return json.load(response)
