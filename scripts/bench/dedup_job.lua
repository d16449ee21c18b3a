--- The whole job in one script, on one thread, as the peers do it: JSON lines in,
--- verified pairs and what stays out. Prints the CPU seconds of it all, from the start
--- of the process on, and how many documents there are, stay and go.
---
---   pumice scripts/bench/dedup_job.lua PATH
local docs = pumice.read.all(arg[1])
local kept, dropped = pumice.dedup.apply(pumice.dedup.near { n = 5, jaccard = 0.33 }, docs)
print(os.clock(), #docs, #kept, #dropped)
