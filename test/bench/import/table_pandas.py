"""Reads the table that is named, and answers how many rows it has, how long that took and the most memory it held in MB."""
import json
import resource
import sys
import time

import pandas

began = time.perf_counter()
rows = len(pandas.read_csv(sys.argv[1]))
seconds = time.perf_counter() - began
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"name": f"pandas {pandas.__version__}", "rows": rows, "seconds": seconds, "peak": peak}))
