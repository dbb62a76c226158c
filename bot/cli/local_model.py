"""A language model on loopback, in a process of its own: `python -m bot.cli.local_model FILE NAME`.

It answers as OpenAI's servers do; `heldinmind demo-llm` starts it, and ends it with itself.
"""

import os
import signal
import sys
import threading

CONTEXT = 4096  # tokens
LOOPBACK = "127.0.0.1"


def serve(path: str, name: str) -> None:
    """Serve a model's file until standard input ends, as it does when whoever started this ends."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = path
    params.model_alias = {name}
    params.hostnames = [LOOPBACK]
    params.port = 0
    params.n_ctx = CONTEXT
    params.n_parallel = 1  # one after another, so that what prompts share is read only once
    params.verbosity = 0
    params.ui = False
    threads = max(1, os.cpu_count() or 1)
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
    server = xllamacpp.Server(params)
    print(f"ready {server.listening_address}", flush=True)
    threading.Thread(target=_end_with_whoever_started_this, daemon=True).start()
    signal.pause()


def _end_with_whoever_started_this() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    serve(sys.argv[1], sys.argv[2])
