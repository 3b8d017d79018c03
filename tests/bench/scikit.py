"""Does what it is asked in lines of JSON, and tells for each how long it took and what came out.

A request names a task, a file of 64-bit floats with the rows, and parameters; `run(rows, **params)` of `methods/<task>.py`
does it and answers a dictionary. Times are milliseconds of the processor and of the clock, without reading the rows.
"""

import importlib
import json
import sys
import time
from pathlib import Path

import numpy as np

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent / "methods"))

tables = {}
for line in sys.stdin:
    request = json.loads(line)
    file = request["file"]
    if file not in tables:
        tables[file] = np.fromfile(file).reshape(request["rowCount"], request["columnCount"])
    run = importlib.import_module(request["task"]).run
    wall, cpu = time.perf_counter(), time.process_time()
    answer = run(tables[file], **request["params"])
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    print(json.dumps({"cpuMs": 1000 * cpu, "wallMs": 1000 * wall, "answer": answer}), flush=True)
