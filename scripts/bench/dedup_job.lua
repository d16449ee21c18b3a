--- The whole job in one script, in memory, as the peers do it: JSON lines in,
--- verified pairs and what stays out.
---
---   pumice scripts/bench/dedup_job.lua PATH
local docs = {}
for doc in pumice.read(arg[1]) do docs[#docs + 1] = doc end
local kept, dropped = pumice.dedup.apply(pumice.dedup.near { n = 5, jaccard = 0.33 }, docs)
print(#docs, #kept, #dropped)
