"""Records into plain rows (str, int, list, dict: all that JSON and msgpack can hold) and back, without loss.

`dump` and `load` are inverse. `Report.to_dict` is for readers and rounds decimals to JSON numbers; this is for storage.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter

from healthie.document_record import Document
from healthie.records import Entity, Fact, Period, Quantity

__all__ = ["Record", "dump", "load"]

Record = Quantity | Period | Entity | Fact

_TYPES: dict[str, Any] = {
    "document": tuple[Document, ...],
    "quantities": tuple[Quantity, ...],
    "periods": tuple[Period, ...],
    "regions": tuple[Entity, ...],
    "programmes": tuple[Entity, ...],
    "organisations": tuple[Entity, ...],
    "systems": tuple[Entity, ...],
    "facts": tuple[Fact, ...],
}


@lru_cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    return TypeAdapter(_TYPES[kind])


def dump(kind: str, records: tuple[Record, ...] | tuple[Document]) -> list[dict[str, Any]]:
    """Turn records of one kind into rows.

    Parameters
    ----------
    kind : str
        ``quantities``, ``periods``, ``regions``, ``programmes``, ``organisations``, ``systems``, ``facts`` or
        ``document``.
    records : tuple of records
        All of that kind.

    Returns
    -------
    list of dict
        One for each record.

    Examples
    --------
    >>> from healthie import find_quantities
    >>> rows = dump("quantities", find_quantities("全县有卫生院8所。"))
    >>> rows[0]["text"], rows[0]["value"]
    ('8所', '8')
    """
    rows: list[dict[str, Any]] = _adapter(kind).dump_python(records, mode="json")
    return rows


def load(kind: str, rows: Any) -> tuple[Any, ...]:  # noqa: ANN401  rows come from storage and are checked here
    """Turn rows back into records.

    Parameters
    ----------
    kind : str
        As for `dump`.
    rows : sequence of mappings
        What `dump` gave.

    Returns
    -------
    tuple of records
        Equal to those that were dumped.

    Raises
    ------
    ValueError
        If the rows are not of that kind.

    Examples
    --------
    >>> from healthie import find_quantities
    >>> records = find_quantities("全县有卫生院8所。")
    >>> load("quantities", dump("quantities", records)) == records
    True
    """
    records: tuple[Any, ...] = _adapter(kind).validate_python(rows)
    return records
