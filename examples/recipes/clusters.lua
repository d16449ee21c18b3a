--- Lists the documents that are copies of each other: a line for each cluster, with
--- the ids of its members in the order of the input.
---
---   pumice run clusters pages.jsonl -o clusters.jsonl
---   pumice run clusters --by reuse --least 0.5 pages.jsonl -o clusters.jsonl
---
--- `cluster` is the id of the longest member, which all others are like; `copies` has
--- the evidence for each, as `dedup.near` gives it. Documents are told apart by their
--- ids.
local pumice = require "pumice"
local dedup, stage = pumice.dedup, pumice.stage

return pumice.recipe {
  summary = "List the clusters of copies, one a line",
  options = {
    by = { "near", "what makes a copy: near, reuse" },
    preset = { "news", "what the documents are like: news, web, papers" },
    least = { 0, "least Jaccard index, or share of words for reuse; 0: that of the preset" },
  },
  stages = function(options)
    local limit = options.least ~= 0 and options.least or nil
    local compare
    if options.by == "near" then
      compare = dedup.near { keep = "all", preset = options.preset, jaccard = limit }
    elseif options.by == "reuse" then
      compare = dedup.reuse { keep = "all", preset = options.preset, aligned = limit }
    else
      error(("option 'by' is near or reuse, not %s"):format(options.by), 0)
    end
    return {
      {
        name = "forget older copies",
        each = function(doc)
          doc.copies, doc.more_copies, doc.copy_of = nil, nil, nil
          return doc
        end,
      },
      compare,
      {
        name = "members",
        each = function(doc)
          local id = stage.id_of(doc)
          if not doc.copies and not doc.copy_of then return nil, "no copies" end
          return { id = id, cluster = doc.copy_of or id, copies = doc.copies }
        end,
      },
      pumice.group {
        name = "clusters",
        key = function(member) return member.cluster end,
        each = function(members, cluster)
          local line = { cluster = cluster, size = #members, members = {} }
          for i, member in ipairs(members) do
            line.members[i] = member.id
            line.copies = line.copies or member.copies
          end
          return { line }, "in a cluster"
        end,
      },
    }
  end,
  examples = {
    {
      given = {
        { id = "a", text = "The quick brown fox jumps over the lazy dog and runs into the wood." },
        { id = "b", text = "A slow red hen walks under the busy cat and stays in the yard today." },
        { id = "c", text = "The quick brown fox jumps over the lazy dog and runs into the wood today." },
        { id = "d", text = "A slow red hen walks under the busy cat and stays in the yard." },
        { id = "e", text = "Something else entirely, which nobody has written before." },
      },
      drops = { e = "no copies" },
    },
    {
      given = {
        { id = "a", text = "The quick brown fox jumps over the lazy dog and runs into the wood." },
        { id = "b", text = "The quick brown fox jumps over the lazy dog and runs into the wood today." },
      },
      options = { by = "reuse" },
      drops = { a = "in a cluster", b = "in a cluster" },
    },
    {
      given = {
        { id = "a", text = "The quick brown fox jumps over the lazy dog and runs into the wood." },
        { id = "b", text = "The quick brown fox jumps over the lazy dog and runs into the wood today." },
      },
      options = { least = 0.95 },
      drops = { a = "no copies", b = "no copies" },
    },
  },
}
