"""The Kuaidi100 push: a form of ``sign`` and ``param``; ``param`` is JSON with the whole story, newest first.

Decides whether a push is genuine and what it says. Never raises on what it reads: what cannot be understood
becomes a finding, what is in no code table stays UNMAPPED.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

from logistics.carriers.adapters.kuaidi100.codes import TABLE
from logistics.carriers.model import CarrierEvent
from logistics.kit.findings import Finding

TIMES_IN = ZoneInfo("Asia/Shanghai")  # the source writes local times without an offset
TIME_FORMAT = "%Y-%m-%d %H:%M:%S"
MONITORING = frozenset({"polling", "shutdown", "abort", "updateall"})
MESSAGE_OK = "成功"

Answer = dict[str, bool | str]


def sign(param: str, salt: str) -> str:
    """Sign a push as Kuaidi100 does: MD5 of text and salt, in capital hex digits."""
    return hashlib.md5((param + salt).encode(), usedforsecurity=False).hexdigest().upper()


def read_form(body: bytes) -> tuple[str, str]:
    """Return ``(sign, param)`` of a form body; empty where a field is missing or the body is no form."""
    fields = parse_qs(body.decode("utf-8", errors="replace"), keep_blank_values=True, max_num_fields=None)
    return fields.get("sign", [""])[0], fields.get("param", [""])[0]


def is_genuine(body: bytes, salt: str) -> bool:
    """Tell whether a push was signed with our salt; without a salt nothing is."""
    signed, param = read_form(body)
    return bool(salt) and hmac.compare_digest(signed.upper().encode(), sign(param, salt).encode())


def accepted() -> Answer:
    """Answer that the push is kept; the sender comes again on anything else."""
    return {"result": True, "returnCode": "200", "message": MESSAGE_OK}


def refused(message: str) -> Answer:
    """Answer that the push was not taken."""
    return {"result": False, "returnCode": "500", "message": message}


def replaces_all(body: bytes) -> bool:
    """Tell whether the push says that its list holds instead of all lists before (``updateall``)."""
    return _param(body).get("status") == "updateall"


def parse(body: bytes) -> tuple[list[CarrierEvent], list[Finding]]:
    """Return what the push says, oldest first, and what in it could not be understood."""
    param = _param(body)
    result = param.get("lastResult")
    if not isinstance(result, dict):
        return [], [Finding("param.lastResult", "no_result", "The push carries no result.")]
    waybill_no = str(result.get("nu") or "").strip()
    if not waybill_no:
        return [], [Finding("param.lastResult.nu", "no_waybill", "The push names no waybill.")]
    findings = _about_monitoring(param)
    entries = result.get("data")
    if not isinstance(entries, list):
        return [], [*findings, Finding("param.lastResult.data", "no_list", "The push carries no list.")]
    events = []
    for index, entry in enumerate(reversed(entries)):
        is_newest = index == len(entries) - 1
        state = str(result.get("state") or "") if is_newest else ""
        event, finding = _event(entry, waybill_no, state, index)
        events += [event] if event else []
        findings += [finding] if finding else []
    return events, findings


def _event(entry: Any, waybill_no: str, state: str, sequence: int) -> tuple[CarrierEvent | None, Finding | None]:
    where = f"param.lastResult.data[{sequence}]"
    if not isinstance(entry, dict):
        return None, Finding(where, "no_entry", "The entry is no object.")
    occurred_at = _moment(entry)
    if occurred_at is None:
        return None, Finding(where, "no_time", f"{entry.get('ftime') or entry.get('time')!r} is no time.", TIME_FORMAT)
    # An entry of the simple service has no code of its own; the state of the whole then is the newest entry's.
    code = _text(entry, "statusCode") or state
    meaning = TABLE.meaning_of(code, text=_text(entry, "status"))
    event = CarrierEvent(
        source=TABLE.source,
        waybill_no=waybill_no,
        code=code,
        text=_text(entry, "context"),
        place=_text(entry, "areaName") or _text(entry, "location"),
        occurred_at=occurred_at,
        sequence=sequence,
        status=meaning.status,
        reason=meaning.reason,
        is_mapped=meaning.is_mapped,
    )
    return event, None


def _moment(entry: dict[str, Any]) -> datetime | None:
    for name in ("ftime", "time"):
        try:
            return datetime.strptime(_text(entry, name), TIME_FORMAT).replace(tzinfo=TIMES_IN).astimezone(UTC)
        except (ValueError, OverflowError):
            continue
    return None


def _about_monitoring(param: dict[str, Any]) -> list[Finding]:
    status = str(param.get("status") or "")
    message = str(param.get("message") or "")
    if status not in MONITORING:
        return [Finding("param.status", "unknown_monitoring", f"{status!r} is no known state of monitoring.")]
    if status == "abort":
        return [Finding("param.status", "monitoring_aborted", f"The source gave up following: {message}")]
    return []


def _param(body: bytes) -> dict[str, Any]:
    try:
        param = json.loads(read_form(body)[1])
    except (ValueError, RecursionError):
        return {}
    return param if isinstance(param, dict) else {}


def _text(entry: dict[str, Any], name: str) -> str:
    value = entry.get(name)
    return str(value).strip() if isinstance(value, str | int) else ""
