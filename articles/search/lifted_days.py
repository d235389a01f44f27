"""The days that a query asks for, lifted: which articles without a date it would find but for them. Pure."""

from __future__ import annotations

from articles.search.tree import And, Carrying, Node, Not, Or, Published, Trait, conjunction, negation


def published_parts(tree: Node) -> bool:
    """Tell whether any part of a tree asks for days; days in office are a matter of who is meant."""
    if isinstance(tree, And | Or):
        return not _in_office(tree) and any(published_parts(node) for node in tree.nodes)
    return published_parts(tree.node) if isinstance(tree, Not) else isinstance(tree, Published)


def dates_lifted(tree: Node, instead: Node) -> Node:
    """Return the tree that takes another node as well wherever it asks for days.

    What days exclude stays excluded, and days in office stand.
    """
    if isinstance(tree, And) and not _in_office(tree):
        return And(tuple(dates_lifted(node, instead) for node in tree.nodes))
    if isinstance(tree, Or):
        return Or(tuple(dates_lifted(node, instead) for node in tree.nodes))
    return Or((tree, instead)) if isinstance(tree, Published) else tree


def undated_instead(tree: Node) -> Node:
    """Return the tree for the undated articles that its days alone keep out."""
    undated = Trait("is", "undated")
    if isinstance(tree, Published):
        return undated
    if isinstance(tree, And) and any(isinstance(node, Published) for node in tree.nodes):
        rest = [node for node in tree.nodes if not isinstance(node, Published)]
        return conjunction([*(dates_lifted(node, undated) for node in rest), undated])
    return conjunction([dates_lifted(tree, undated), negation(tree), undated])


def _in_office(tree: And | Or) -> bool:
    return any(isinstance(node, Carrying) and node.asked.name == "office" for node in tree.nodes)
