--- dedup.near and dedup.reuse on labelled news pages, containment on graded
--- plagiarism, and the error of sketches on the labelled pairs.
---
--- DATA/neardup/SPLIT has news.docs.jsonl {id, text, outlet, date},
--- news.pairs.jsonl {a, b, label: near, contain or grey}, news.clusters.jsonl
--- {cluster, ids}, clough.docs.jsonl {id, text} and clough.pairs.jsonl.
local dedup = require "pumice.dedup"
local clusters = require "pumice.dedup.clusters"
local figures = require "figures"
local json = require "pumice.json"
local shingle = require "pumice.shingle"

local function rows(path)
  local list = {}
  for line in io.lines(path) do list[#list + 1] = assert(json.decode(line)) end
  return list
end

local function key(a, b)
  return a < b and a .. "\n" .. b or b .. "\n" .. a
end

--- F1 of the links found for pairs with one of the labels `wanted`; pairs with
--- another label do not count.
local function f1(docs, links, label, wanted)
  local right, wrong, count = 0, 0, 0
  for _, kind in pairs(label) do count = count + (wanted[kind] and 1 or 0) end
  for _, link in ipairs(links) do
    local kind = label[key(docs[link.a].id, docs[link.b].id)]
    if not kind then
      wrong = wrong + 1
    elseif wanted[kind] then
      right = right + 1
    end
  end
  return 2 * right / (count + right + wrong)
end

local function pairs_of(n)
  return n * (n - 1) / 2
end

--- The adjusted Rand index of two groupings: tables from document to group, in
--- which a document that is missing is a group of its own.
--- Source: Hubert and Arabie 1985, "Comparing partitions".
local function rand_index(gold, found, documents)
  local function agreeing(group_of)
    local size, sum = {}, 0
    for i = 1, documents do
      local group = group_of(i)
      if group then size[group] = (size[group] or 0) + 1 end
    end
    for _, n in pairs(size) do sum = sum + pairs_of(n) end
    return sum
  end
  local of_gold = agreeing(function(i) return gold[i] end)
  local of_found = agreeing(function(i) return found[i] end)
  local both = agreeing(function(i)
    return gold[i] and found[i] and gold[i] .. "\n" .. found[i]
  end)
  local chance = of_gold * of_found / pairs_of(documents)
  return (both - chance) / ((of_gold + of_found) / 2 - chance)
end

local function cluster_index(folder, docs, links)
  local gold, found, number = {}, {}, {}
  for i, doc in ipairs(docs) do number[doc.id] = i end
  for _, cluster in ipairs(rows(folder .. "news.clusters.jsonl")) do
    for _, id in ipairs(cluster.ids) do gold[number[id]] = cluster.cluster end
  end
  for name, members in ipairs(clusters.components(links)) do
    for _, i in ipairs(members) do found[i] = name end
  end
  return rand_index(gold, found, #docs)
end

--- Root mean square and mean error of 128 slots over 100 seeds, word 5-grams:
--- twenty make the figure a matter of luck in its third digit.
local function sketch_error(docs, labelled)
  local set, squares, sum, count = {}, 0, 0, 0
  for _, doc in ipairs(docs) do set[doc.id] = doc.text end
  for _, pair in ipairs(labelled) do
    local a = shingle.words(set[pair.a], { n = 5 })
    local b = shingle.words(set[pair.b], { n = 5 })
    local exact = a:jaccard(b)
    for seed = 1, 100 do
      local error = shingle.similarity(a:sketch { seed = seed }, b:sketch { seed = seed }) - exact
      squares, sum, count = squares + error ^ 2, sum + error, count + 1
    end
  end
  return math.sqrt(squares / count), sum / count
end

local function news(folder)
  local docs, labelled = rows(folder .. "news.docs.jsonl"), rows(folder .. "news.pairs.jsonl")
  local label = {}
  for _, pair in ipairs(labelled) do label[key(pair.a, pair.b)] = pair.label end
  local near = dedup.links(dedup.near(), docs)
  local reuse = dedup.links(dedup.reuse(), docs)
  local rms, bias = sketch_error(docs, labelled)
  return {
    figures.figure { name = "neardup: near F1", value = f1(docs, near, label, { near = true }),
      unit = "F1", at_least = 0.97 },
    figures.figure { name = "neardup: reuse F1",
      value = f1(docs, reuse, label, { near = true, contain = true }), unit = "F1",
      at_least = 0.94 },
    figures.figure { name = "neardup: clusters of near", value = cluster_index(folder, docs, near),
      unit = "ARI", at_least = 0.94 },
    figures.figure { name = "neardup: sketch error, 128 slots, 100 seeds", value = rms,
      unit = "RMS", at_most = 0.0275 },
    figures.figure { name = "neardup: sketch bias", value = math.abs(bias), unit = "Jaccard",
      at_most = 0.001 },
  }
end

--- The chance that a copied answer has more of its source in it than another.
local function clough(folder)
  local text, copied, others = {}, {}, {}
  for _, doc in ipairs(rows(folder .. "clough.docs.jsonl")) do
    text[doc.id] = shingle.words(doc.text)
  end
  for _, pair in ipairs(rows(folder .. "clough.pairs.jsonl")) do
    local list = pair.label == "non" and others or copied
    list[#list + 1] = text[pair.a]:containment(text[pair.b])
  end
  local won = 0
  for _, a in ipairs(copied) do
    for _, b in ipairs(others) do
      won = won + (a > b and 1 or a == b and 0.5 or 0)
    end
  end
  return figures.figure { name = "neardup: copied answers by containment",
    value = won / (#copied * #others), unit = "AUC", at_least = 0.94 }
end

return function(data, split)
  local folder = ("%s/neardup/%s/"):format(data, split)
  local list = news(folder)
  list[#list + 1] = clough(folder)
  return list
end
