"""Delivery: the statistics delivery, the published format in which the two towers meet.

In:  rows of plan episodes, what happens around them, agreements and flow, under pseudonyms of one study.
Out: a folder of Parquet files with CSVW metadata, completeness, receipt and hashes; the same folder, checked.
Never: a name or a national id, a table of the service tower, a figure computed from the rows.
"""

from samvirke.delivery.checks import DeliveryRefused, Problem
from samvirke.delivery.completeness import ColumnCompleteness
from samvirke.delivery.files import Delivery, Receipt, UnreadableDelivery, read, write
from samvirke.delivery.pseudonyms import WeakKey, pseudonym
from samvirke.delivery.schema import SCHEMA_VERSION, TABLES, Episodes, Flow

__all__ = [
    "SCHEMA_VERSION",
    "TABLES",
    "ColumnCompleteness",
    "Delivery",
    "DeliveryRefused",
    "Episodes",
    "Flow",
    "Problem",
    "Receipt",
    "UnreadableDelivery",
    "WeakKey",
    "pseudonym",
    "read",
    "write",
]
