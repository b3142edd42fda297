"""Runs a command; then, as the last line of standard output, its seconds, CPU seconds and peak memory as JSON."""
import json
import resource
import subprocess
import sys
import time

started = time.perf_counter()
code = subprocess.run(sys.argv[1:]).returncode
seconds = time.perf_counter() - started
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
peak = usage.ru_maxrss  # kilobytes on Linux, bytes on macOS
megabytes = peak / (1e6 if sys.platform == "darwin" else 1e3)
cpu = usage.ru_utime + usage.ru_stime
print(json.dumps({"seconds": seconds, "cpuSeconds": cpu, "peakMegabytes": megabytes}))
sys.exit(code)
