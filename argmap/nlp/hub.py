"""Fetching a model from the Hugging Face hub, pinned to one commit, at the user's word only.

Nothing else in argmap asks a hub for anything. Only settings, tokeniser files and safetensors
come; what can hold programs does not.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import httpx2
from huggingface_hub import HfApi, hf_hub_download
from huggingface_hub.errors import (
    GatedRepoError,
    HfHubHTTPError,
    HFValidationError,
    LocalEntryNotFoundError,
    OfflineModeIsEnabled,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)
from tqdm.auto import tqdm

from argmap.errors import ModelError
from argmap.nlp.backbone import file_sha256
from argmap.nlp.heads import read_head
from argmap.nlp.own_models import folder_sha256, keep_own, own_folder, settings_sha256
from argmap.nlp.registry import ModelEntry, registered
from argmap.nlp.zero_shot import read_settings

#: Called as ``progress(what, bytes done, bytes in all)``; may raise to stop.
FetchProgress = Callable[[str, int, int], None]

_COMMIT = re.compile(r"[0-9a-f]{40}")
_HUB_ID = re.compile(r"[\w.-]+/[\w.-]+")
_WANTED = re.compile(
    r"(config|tokenizer|tokenizer_config|special_tokens_map|added_tokens|vocab)\.json"
    r"|model\.safetensors\.index\.json|vocab\.txt|merges\.txt|[\w.-]+\.model|[\w.-]+\.safetensors"
)
_RETRY = "What was fetched so far is kept: the same command goes on from there."


@dataclass(frozen=True, slots=True)
class Pulled:
    """A fetched model: what it is called from now on, and what pins it."""

    id: str
    folder: Path
    commit: str
    sha256: str
    size_mb: float


def pull(
    model_id: str,
    *,
    commit: str | None = None,
    progress: FetchProgress | None = None,
    endpoint: str | None = None,
) -> Pulled:
    """Fetch a model and write it down in the user's own list.

    Args:
        model_id: an id of the registry, or one of the hub ("owner/name").
        commit: 40 hexadecimal digits; by default the registry's, else the hub's newest, which is
            then pinned.
        endpoint: the hub's address, for a mirror.

    Raises:
        ModelError: no such model, no network, weights that are not safetensors or that are not
            what the hub says they are, or a model that cannot judge stance. Nothing is written
            down then.
    """
    entry = next((e for e in registered() if model_id in (e.id, e.hub)), None)
    hub = entry.hub if entry is not None else model_id
    if entry is not None and not hub:
        raise ModelError(f"The model “{model_id}” comes with argmap; there is nothing to fetch.")
    if not _HUB_ID.fullmatch(hub):
        raise ModelError(
            f"“{model_id}” is neither a model that argmap knows nor an id of the hub, which has "
            "the form owner/name. argmap models list shows those that it knows."
        )
    wanted = commit or (entry.commit if entry is not None and entry.commit else None)
    if wanted is not None and not _COMMIT.fullmatch(wanted):
        raise ModelError(f"“{wanted}” is no commit: give all 40 hexadecimal digits of one.")
    own = entry.id if entry is not None else hub.replace("/", "--")
    return _fetch(hub, own, entry, wanted, progress or _quiet, endpoint)


def _quiet(what: str, done: int, total: int) -> None:
    pass


def _fetch(
    hub: str,
    own: str,
    entry: ModelEntry | None,
    commit: str | None,
    progress: FetchProgress,
    endpoint: str | None,
) -> Pulled:
    with _plain_errors(hub):
        info = HfApi(endpoint=endpoint).model_info(hub, revision=commit, files_metadata=True)
    pinned = str(info.sha)
    files = {f.rfilename: f for f in info.siblings or () if _WANTED.fullmatch(f.rfilename)}
    if not [name for name in files if name.endswith(".safetensors")]:
        raise ModelError(
            f"{hub} has no safetensors weights. Files of other kinds can hold programs and are "
            "never fetched. Choose another model, or ask its authors for safetensors."
        )
    waiting = own_folder(own).with_name(f"{own}.part-{pinned[:12]}")
    total = sum(int(file.size or 0) for file in files.values())
    done = 0
    for name, file in sorted(files.items()):
        progress(name, done, total)
        with _plain_errors(hub):
            path = hf_hub_download(
                hub,
                name,
                revision=pinned,
                local_dir=waiting,
                tqdm_class=_bar(partial(_report, progress, name, done, total)),
                endpoint=endpoint,
            )
        _check(hub, Path(path), file)
        done += int(file.size or 0)
    progress("Checking", total, total)
    try:
        head_of(waiting, labels=entry.labels if entry is not None else ())
    except ModelError:
        shutil.rmtree(waiting)
        raise
    shutil.rmtree(waiting / ".cache", ignore_errors=True)
    folder = own_folder(own)
    shutil.rmtree(folder, ignore_errors=True)
    waiting.rename(folder)
    size = round(total / 1e6, 1)
    row: dict[str, Any] = {"id": own, "source": "hub", "hub": hub, "commit": pinned,
                           "sha256": folder_sha256(folder),
                           "settings_sha256": settings_sha256(folder),
                           "folder": str(folder), "size_mb": size}  # fmt: skip
    if entry is None:
        licence = getattr(info.card_data, "license", None) or "not stated"
        row |= {"title": hub, "task": "stance", "licence": str(licence), "note": UNMEASURED}
    keep_own(row)
    return Pulled(own, folder, pinned, row["sha256"], size)


#: What is to be said of a model that was never measured here.
UNMEASURED = "A model of your own choice: nothing was measured here of how far to trust it."


def head_of(folder: Path, *, labels: tuple[str, ...] = ()) -> str:
    """The layout of the classifier in a folder, from its settings alone.

    Raises:
        ModelError: it cannot judge stance.
    """
    settings = read_settings(folder)
    names = settings.get("id2label") or {str(n): f"LABEL_{n}" for n in range(2)}
    try:
        return read_head({int(n): str(s) for n, s in names.items()}, labels=labels or None).layout
    except (ValueError, AttributeError) as error:
        raise ModelError(f"{folder}: its id2label cannot be read ({error}).") from error


def _check(hub: str, path: Path, file: Any) -> None:
    """Hold a file against the size and hash that the hub gives for it."""
    lfs = file.lfs
    if file.size is not None and path.stat().st_size != int(file.size):
        wrong = f"{path.stat().st_size} bytes came and the hub says {file.size}"
    elif lfs is not None and file_sha256(path) != str(lfs.sha256):
        wrong = "its sha256 is not the one that the hub gives"
    else:
        return
    path.unlink()
    raise ModelError(f"{hub}: {path.name} did not come whole: {wrong}. Run the command again.")


def _report(progress: FetchProgress, name: str, before: int, total: int, more: int) -> None:
    progress(name, before + more, total)


@contextmanager
def _plain_errors(hub: str) -> Iterator[None]:
    """Turn what the hub's library raises into a plain sentence."""
    try:
        yield
    except OfflineModeIsEnabled:
        raise ModelError(
            "HF_HUB_OFFLINE is set, so nothing may be fetched. Unset it and run the command again."
        ) from None
    except GatedRepoError:
        raise ModelError(
            f"{hub} is given out only to those whom its authors admitted. Ask there, log in with "
            "“hf auth login”, then run the command again."
        ) from None
    except RevisionNotFoundError:
        raise ModelError(f"{hub} has no such commit. Leave it out for the newest.") from None
    except (RepositoryNotFoundError, HFValidationError):
        raise ModelError(
            f"There is no model {hub} on the hub, or it is private. Check its spelling."
        ) from None
    except (LocalEntryNotFoundError, httpx2.HTTPError, HfHubHTTPError, OSError) as error:
        first = (str(error).strip() or type(error).__name__).splitlines()[0][:160]
        raise ModelError(
            f"The hub could not be reached for {hub}: {first}. Check the network. {_RETRY} "
            "Everything else in argmap works without."
        ) from error


def _bar(report: Callable[[int], None]) -> type[Any]:
    """A progress bar that draws nothing and reports the bytes of one file."""

    class Bar(tqdm):  # type: ignore[misc]  # tqdm is Any to the type check
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            kwargs["disable"] = False
            kwargs.pop("name", None)
            super().__init__(*args, **kwargs)

        def update(self, n: float | None = 1) -> bool | None:
            shown: bool | None = super().update(n)
            report(int(self.n))
            return shown

        def display(self, *args: Any, **kwargs: Any) -> None:
            pass

        def close(self) -> None:
            self.disable = True

    return Bar
