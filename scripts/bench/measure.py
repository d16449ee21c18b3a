"""CPU seconds of a command with all its children, and the most kilobytes of
memory that one of its processes took:

    measure.py COMMAND ARGUMENT...
"""
import resource
import subprocess
import sys

subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss)
