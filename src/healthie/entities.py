"""Names of programmes, organisations and information systems in a text, linked to what they name.

Start at `find_programmes`, `find_organisations` and `find_systems`, which use the packaged tables; a `NameFinder` takes
rows of one's own besides them. The three kinds are found together, so that a programme inside the name of a body
(a 医改 in 医改领导小组) is not taken for itself: of names that overlap the longer counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from healthie.gazetteer import own_rows
from healthie.naming import Hit, Joined, Rows, longest, named_rows
from healthie.organisations import OrganisationReader
from healthie.outline import level_with_quotes
from healthie.programmes import programme_gazetteer, programme_hits, surfaces
from healthie.records import Entity, Label
from healthie.shortforms import short_forms
from healthie.systems import system_gazetteer, system_hits

__all__ = ["NameFinder", "find_organisations", "find_programmes", "find_systems", "in_order", "packaged_names"]


class NameFinder:
    """Finds programmes, organisations and systems; takes names of one's own besides the packaged ones.

    Parameters
    ----------
    programmes, organisations, systems : path or iterable, optional
        Names, or rows of a canonical name and its variants parted by ``|`` (in programmes ``[X]`` is an X that may
        stand in quotation marks); or the path of such a table of tab-separated values.

    Raises
    ------
    TypeError
        If a row is neither a str nor a sequence of str.
    ValueError
        If a row has no name, or the file is not UTF-8.
    FileNotFoundError
        If there is no such file.

    Examples
    --------
    >>> find = NameFinder(programmes=[("清泉计划", "[清泉]行动")])
    >>> [(found.text, found.label, found.id) for found in find("县卫健局启动“清泉”行动，落实两票制。")]
    [('县卫健局', 'ORG', ''), ('“清泉”行动', 'PROGRAMME', '清泉计划'), ('两票制', 'PROGRAMME', '两票制')]
    """

    __slots__ = ("_organisations", "_own", "_programmes", "_systems")

    def __init__(self, *, programmes: Rows = (), organisations: Rows = (), systems: Rows = ()) -> None:
        """Build the scans over the packaged names and the caller's."""
        programmes, organisations, systems = map(own_rows, (programmes, organisations, systems))
        self._programmes = programme_gazetteer(programmes)
        self._organisations = OrganisationReader(organisations)
        self._systems = system_gazetteer(systems)
        # What the caller says is a system is one, even if the packaged tables know it as a programme.
        self._own: dict[str, Label] = {level_with_quotes(surface): "SYSTEM" for surface, _ in named_rows(systems)}
        self._own |= {level_with_quotes(surface): "ORG" for surface, _ in named_rows(organisations)}
        self._own |= {surface: "PROGRAMME" for surface, _ in surfaces(programmes)}

    def __call__(self, text: str) -> tuple[Entity, ...]:
        """Find the names in a text.

        Parameters
        ----------
        text : str
            Any text.

        Returns
        -------
        tuple of Entity
            In the order of the text, none overlapping. ``id`` is the canonical name of a programme, else empty.
        """
        joined = Joined(text)
        plain = level_with_quotes(joined.text)
        programmes = list(programme_hits(plain, self._programmes))
        labels = dict(self._labelled(plain, "PROGRAMME", programmes))
        labels |= self._labelled(plain, "ORG", self._organisations(plain))
        labels |= self._labelled(plain, "SYSTEM", system_hits(plain, self._systems, programmes))
        labels |= dict(short_forms(plain, labels))
        return tuple(_entity(text, joined, hit, labels[hit]) for hit in longest(labels))

    def of_kind(self, text: str, label: Label) -> tuple[Entity, ...]:
        """Find the names of one kind, those that a longer name of another kind holds left out.

        Parameters
        ----------
        text : str
            Any text.
        label : {"PROGRAMME", "ORG", "SYSTEM"}
            The kind.

        Returns
        -------
        tuple of Entity
            In the order of the text, none overlapping.
        """
        return tuple(entity for entity in _found(self, text) if entity.label == label)

    def _labelled(self, plain: str, label: Label, hits: Iterable[Hit]) -> Iterator[tuple[Hit, Label]]:
        """Give hits their label, and leave out those that the caller's rows know as another kind."""
        return ((hit, label) for hit in hits if self._own.get(plain[hit.start : hit.end], label) == label)


def _entity(text: str, joined: Joined, hit: Hit, label: Label) -> Entity:
    start, end = joined.span(hit.start, hit.end)
    return Entity(start, end, text[start:end], label, hit.id, hit.name or joined.text[hit.start : hit.end])


def in_order(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Return entities in the order of the text, without the regions that are a part of another name (兰州 of 兰州大学).

    Parameters
    ----------
    entities : iterable of Entity
        In any order.

    Returns
    -------
    tuple of Entity
        Those that stand for themselves, the longer first where two begin together.
    """
    ordered = sorted(entities, key=lambda entity: (entity.start, -entity.end, entity.label))
    kept: list[Entity] = []
    reach = 0
    for entity in ordered:
        if entity.label == "REGION" and entity.end <= reach:
            continue
        if entity.label != "REGION":
            reach = max(reach, entity.end)
        kept.append(entity)
    return tuple(kept)


@lru_cache(maxsize=1)
def packaged_names() -> NameFinder:
    """Return the finder of the packaged names.

    Returns
    -------
    NameFinder
        The same each time.
    """
    return NameFinder()


# The three kinds of one text are asked for one after the other.
@lru_cache(maxsize=2)
def _found(finder: NameFinder, text: str) -> tuple[Entity, ...]:
    return finder(text)


def _of_kind(text: str, label: Label) -> tuple[Entity, ...]:
    return packaged_names().of_kind(text, label)


def find_programmes(text: str) -> tuple[Entity, ...]:
    """Find the programmes, reforms, campaigns, service packages and pilots that a text names.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    tuple of Entity
        In the order of the text, none overlapping. ``id`` is the canonical name; a programme that is known by the
        form of its name only has that name.

    Examples
    --------
    >>> [(found.text, found.id) for found in find_programmes("推进“两票制”，实施青蓝人才工程。")]
    [('两票制', '两票制'), ('青蓝人才工程', '青蓝人才工程')]
    """
    return _of_kind(text, "PROGRAMME")


def find_organisations(text: str) -> tuple[Entity, ...]:
    """Find the organisations that a text names.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    tuple of Entity
        In the order of the text, none overlapping. ``name`` is the longest name of the text that ends like this one.

    Examples
    --------
    >>> [(found.text, found.name) for found in find_organisations("青川县人民医院扩建。县人民医院现有床位80张。")]
    [('青川县人民医院', '青川县人民医院'), ('县人民医院', '青川县人民医院')]
    """
    return _of_kind(text, "ORG")


def find_systems(text: str) -> tuple[Entity, ...]:
    """Find the information systems, platforms and networks that a text names.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    tuple of Entity
        In the order of the text, none overlapping.

    Examples
    --------
    >>> [found.text for found in find_systems("接入区域心电诊断平台。")]
    ['区域心电诊断平台']
    """
    return _of_kind(text, "SYSTEM")
