--- Texts and documents made by rote for specs: the same seed gives the same texts.
local M = {}

--- Returns a function that gives a number from 1 to n.
function M.random(seed)
  local state = seed
  return function(n)
    state = state * 6364136223846793005 + 1442695040888963407
    return (state >> 33) % n + 1
  end
end

--- As many words, each of them seldom made twice.
---@param random fun(n: integer): integer
---@param count integer
function M.words(random, count)
  local list = {}
  for i = 1, count do list[i] = "w" .. random(1000000) end
  return table.concat(list, " ")
end

--- Texts of words from a list, in which parts of those before come again, some
--- with a word changed.
---@param seed integer
---@param count integer
---@param words? integer  of each text at most (default 80)
---@param one_in? integer  pieces that are copied (default 3)
---@return string[]
function M.texts(seed, count, words, one_in)
  local random, texts = M.random(seed), {}
  for t = 1, count do
    local list = {}
    while #list < random(words or 80) do
      local from = texts[random(#texts + 1)]
      if from and random(one_in or 3) == 1 then
        local first = random(#from)
        list[#list + 1] = from:sub(first, first + random(300))
      else
        list[#list + 1] = ("w%d"):format(random(3000))
      end
      if random(12) == 1 then list[#list] = list[#list] .. ".\n" end
    end
    texts[t] = table.concat(list, " ")
  end
  return texts
end

--- Documents of such texts: their ids are their numbers.
function M.documents(...)
  local docs = {}
  for i, text in ipairs(M.texts(...)) do docs[i] = { id = i, text = text } end
  return docs
end

--- The ids of documents, in their order.
function M.ids(docs)
  local list = {}
  for i, doc in ipairs(docs) do list[i] = doc.id end
  return list
end

return M
