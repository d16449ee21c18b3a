local regex = require "pumice.regex"
local cpu_time = require "cpu_time"

--- The plain way: every phrase at every place; leftmost longest, or all.
local function slowly(list, text, opts)
  local fold = opts.caseless and string.lower or function(s) return s end
  local seen, wanted = {}, {}
  for i, phrase in ipairs(list) do
    phrase = fold(phrase)
    if not seen[phrase] then
      seen[phrase] = true
      wanted[#wanted + 1] = { phrase, i }
    end
  end
  table.sort(wanted, function(a, b) return #a[1] < #b[1] end)
  local function in_word(at) return text:sub(at, at):find("^[%w_]$") ~= nil end
  local function whole(first, last)
    return not (opts.words and (in_word(first - 1) and in_word(first)
      or in_word(last) and in_word(last + 1)))
  end
  local folded, out, at = fold(text), {}, 1
  while at <= #text do
    local longest
    for _, phrase in ipairs(wanted) do
      local last = at + #phrase[1] - 1
      if folded:sub(at, last) == phrase[1] and whole(at, last) then
        longest = last
        if opts.overlap then out[#out + 1] = ("%d-%d:%d"):format(at, last, phrase[2]) end
      end
    end
    if longest and not opts.overlap then
      out[#out + 1] = ("%d-%d"):format(at, longest)
      at = longest
    end
    at = at + 1
  end
  return table.concat(out, " ")
end

local function quickly(list, text, opts)
  local phrases = regex.phrases(list, opts)
  local spans, which = phrases:spans(text)
  assert.equal(#which, #spans)
  assert.equal(#which, phrases:count(text))
  assert.equal(#which > 0, phrases:test(text))
  local out = {}
  for i = 1, #spans do
    local first, last = spans:range(i)
    out[i] = opts.overlap and ("%d-%d:%d"):format(first, last, which[i])
      or ("%d-%d"):format(first, last)
  end
  return table.concat(out, " ")
end

describe("regex.phrases", function()
  it("finds what looking at every place for every phrase finds", function()
    math.randomseed(1)
    local function word(letters, most)
      local s = {}
      for i = 1, math.random(most) do
        local at = math.random(#letters)
        s[i] = letters:sub(at, at)
      end
      return table.concat(s)
    end
    for round = 1, 400 do
      local letters = round % 2 == 0 and "abAB _" or "ab[{@`- "
      local list = {}
      for i = 1, math.random(20) do list[i] = word(letters, round % 3 == 0 and 9 or 3) end
      local text = word(letters, 300)
      local opts = { caseless = round % 5 > 1, words = round % 7 > 3, overlap = round % 4 > 1 }
      assert.equal(slowly(list, text, opts), quickly(list, text, opts))
    end
  end)

  it("gives more occurrences than one block of them", function()
    assert.equal(5000, regex.phrases({ "ab" }):count(("ab"):rep(5000)))
    local all = regex.phrases({ "a", "aa", "aaa" }, { overlap = true })
    assert.equal(3 * 3000 - 3, #all:spans(("a"):rep(3000)))
  end)

  it("folds the case of other scripts", function()
    local phrases = regex.phrases({ "éTÉ", "Москва", "ΣΟΦΟΣ", "İ", "東京" }, { caseless = true })
    local spans, which = phrases:spans("Été МОСКВА σοφος İ 東京 \xFF ÉtÉ")
    assert.same({ 1, 2, 3, 4, 5, 1 }, which)
    assert.equal("МОСКВА", spans[2])
  end)

  it("knows words of other scripts", function()
    local phrases = regex.phrases({ "éta", "été" }, { words = true })
    assert.equal("été", phrases:spans("étage été étéé")[1])
    assert.equal(1, phrases:count("étage été étéé"))
    assert.equal(1, regex.phrases({ "+1" }, { words = true }):count("a+1"))
  end)

  it("takes tens of thousands", function()
    local list, text = {}, {}
    for i = 1, 30000 do
      list[i] = ("item %d of many"):format(i * 7)
      text[i] = ("an ITEM %d of Many;"):format(i)
    end
    local phrases = regex.phrases(list, { caseless = true, words = true })
    assert(cpu_time.within(1, function()
      assert.equal(30000 // 7, phrases:count(table.concat(text)))
    end))
  end)

  it("takes an empty list and an empty text", function()
    assert.equal(0, regex.phrases({}):count("abc"))
    assert.equal(0, regex.phrases({ "a" }):count(""))
  end)

  it("refuses what is no phrase", function()
    assert.error_matches(function() regex.phrases({ "a", "" }) end, "phrase 2 is empty")
    assert.error_matches(function() regex.phrases({ 1 }) end, "phrase 1 is a number")
    assert.error_matches(function() regex.phrases({ "a" }, { word = true }) end,
      "did you mean 'words'")
  end)
end)
