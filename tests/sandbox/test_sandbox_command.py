"""`heldinmind sandbox` as a process."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

_RUN = "import typer; from bot.cli.sandbox import sandbox; typer.run(sandbox)"


@asynccontextmanager
async def running(*options: str) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        _RUN,
        *options,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def _address(process: asyncio.subprocess.Process) -> str:
    assert process.stdout
    line = (await process.stdout.readline()).decode()
    assert line.startswith("ready http://127.0.0.1:")
    return line.removeprefix("ready ").strip()


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
async def test_it_says_ready_serves_and_stops_cleanly_even_with_a_poll_under_way(
    stop: signal.Signals,
) -> None:
    async with running("--port", "0", "--families", "1") as process:
        url = await _address(process)
        async with httpx.AsyncClient(base_url=url, trust_env=False) as http:
            people = (await http.get("/sandbox/people")).json()
            assert people[-1]["role"] == "parent-1"
            poll = asyncio.create_task(http.get("/bot1:x/getUpdates?timeout=30", timeout=30))
            calls = "/sandbox/people/1001/chat?after=0&timeout=0.2"
            await http.get(calls)
            process.send_signal(stop)
            async with asyncio.timeout(10):
                assert (await poll).json() == {"ok": True, "result": []}
                assert await process.wait() == 0
        assert process.stderr
        assert await process.stderr.read() == b""


async def test_a_port_in_use_gives_one_clear_line() -> None:
    async with running("--port", "0") as first:
        port = (await _address(first)).rpartition(":")[2]
        async with running("--port", port) as second:
            _, said = await second.communicate()
            assert second.returncode == 1
            assert said.decode().count("\n") == 1
            assert f"port {port} on 127.0.0.1 is in use" in said.decode()
