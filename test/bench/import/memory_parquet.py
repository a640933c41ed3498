"""Writes the CSV table that is named first as the Parquet file that is named second, its rows in groups of as many as are said third."""
import sys

from pyarrow import csv, parquet

source, target, rows = sys.argv[1:]
parquet.write_table(csv.read_csv(source), target, row_group_size=int(rows))
