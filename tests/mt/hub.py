"""A Hugging Face Hub and an Argos index on this machine: real HTTP, for the paths that need a network."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

REVISION = "0123456789abcdef0123456789abcdef01234567"


class Hub(ThreadingHTTPServer):
    """Serves `repositories`, folders by their `owner/name`, and `files` by their path. `asked` is all that it was asked."""

    daemon_threads = True

    def __init__(self, repositories: Mapping[str, Path], licence: str, files: Mapping[str, bytes]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.repositories, self.licence, self.files = dict(repositories), licence, dict(files)
        self.asked: list[str] = []
        self.cut_after: int | None = None  # bytes of a large file, once: as when a line breaks

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


@contextmanager
def serving(
    repositories: Mapping[str, Path] | None = None, licence: str = "mit", files: Mapping[str, bytes] | None = None
) -> Iterator[Hub]:
    """A hub while the block runs."""
    with Hub(repositories or {}, licence, files or {}) as hub:
        thread = threading.Thread(target=hub.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield hub
        finally:
            hub.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: Hub
    protocol_version = "HTTP/1.1"

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_GET(self) -> None:
        self._answer(body=True)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  its name in the library
        """Not to the terminal."""

    def _answer(self, body: bool) -> None:
        path = unquote(urlsplit(self.path).path).strip("/")
        self.server.asked.append(f"{self.command} {path}")
        if path in self.server.files:
            self._send(self.server.files[path], body, {})
            return
        parts = path.removeprefix("api/models/").split("/")
        folder = self.server.repositories.get("/".join(parts[:2]))
        if folder is None:
            self._send(b"{}", body, {"X-Error-Code": "RepoNotFound"}, 404)
        elif path.startswith("api/models/") and parts[2:3] == ["tree"]:
            self._send(json.dumps(list(self._tree(folder))).encode(), body, {"Content-Type": "application/json"})
        elif path.startswith("api/models/"):
            self._send(json.dumps(self._info("/".join(parts[:2]), folder)).encode(), body, {"Content-Type": "application/json"})
        else:
            content = (folder / "/".join(parts[4:])).read_bytes()
            headers = {"ETag": f'"{hashlib.sha256(content).hexdigest()}"', "X-Repo-Commit": REVISION}
            self._send(content, body, headers)

    def _info(self, repository: str, folder: Path) -> dict[str, Any]:
        siblings = [{"rfilename": one["path"], "size": one["size"], "blobId": one["oid"]} for one in self._tree(folder)]
        card = {"license": self.server.licence}
        return {"id": repository, "modelId": repository, "sha": REVISION, "siblings": siblings, "cardData": card, "tags": []}

    def _tree(self, folder: Path) -> Iterator[dict[str, Any]]:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                name, size = path.relative_to(folder).as_posix(), path.stat().st_size
                yield {"type": "file", "path": name, "size": size, "oid": hashlib.sha1(path.read_bytes()).hexdigest()}

    def _send(self, content: bytes, body: bool, headers: Mapping[str, str], status: int = 200) -> None:
        start = 0
        if body and (wanted := self.headers.get("Range")) and status == 200:
            first, _, last = wanted.removeprefix("bytes=").partition("-")
            start, end = int(first), int(last) + 1 if last else len(content)
            headers = {**headers, "Content-Range": f"bytes {start}-{end - 1}/{len(content)}"}
            content, status = content[start:end], 206
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if not body:
            return
        cut = self.server.cut_after
        if cut is not None and len(content) > cut:
            self.server.cut_after = None
            self.wfile.write(content[:cut])
            self.wfile.flush()
            self.close_connection = True
            self.connection.close()
            return
        self.wfile.write(content)
