"""Moves rows between file formats, checked against a schema on the way."""

from rowport import csv_format, jsonl_format
from rowport.convert import convert
from rowport.registry import formats
from rowport.schema import Column, RowError, Schema

__all__ = ["Column", "RowError", "Schema", "convert", "csv_format", "formats", "jsonl_format"]
