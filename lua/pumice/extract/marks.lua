--- Quotation marks: which bytes of a text stand between them.
---
--- Marks come in two classes, double (" “ ” „ « ») and single (‘ ’ ‚ '). One of
--- the two is the outer class of a text: the one whose stretches cover more of it,
--- so pages with British ‘single’ marks read as well as others. What the inner
--- class encloses is part of the words.
---
--- A paragraph ends what is open: a mark that is never closed takes no more than
--- its own paragraph, and a paragraph that opens with a mark while the one before
--- was left open continues that quotation.
local M = {}

-- What a mark does when its neighbours do not say otherwise, and its shape: a
-- quotation ends with the shape it began with, if the paragraph has one.
local DOUBLE = {
  ['"'] = { "either", "straight" }, ["＂"] = { "either", "straight" },
  ["“"] = { "open", "curly" }, ["”"] = { "close", "curly" },
  ["„"] = { "open", "curly" }, ["‟"] = { "open", "curly" },
  ["«"] = { "open", "angle" }, ["»"] = { "close", "angle" },
}
-- Two single marks for a double one, as newswires and TeX have it. In a wiki they
-- are italics and in code an empty string, so they count only when asked for.
local DOUBLED = setmetatable({
  ["''"] = { "either", "doubled" }, ["'''"] = { "either", "doubled" },
  ["``"] = { "open", "doubled" },
}, { __index = DOUBLE })
local SINGLE = {
  ["'"] = { "either", "straight" }, ["‘"] = { "open", "curly" }, ["’"] = { "close", "curly" },
  ["‚"] = { "open", "curly" }, ["‛"] = { "open", "curly" },
  ["‹"] = { "open", "angle" }, ["›"] = { "close", "angle" },
}

-- Code points beside a mark, by what they say about it. All others are letters.
local SPACE, OPENER, STOP = {}, {}, {}
for _, code in ipairs { 0x20, 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0xA0, 0x2002, 0x2003, 0x2009, 0x200A,
    0x200B, 0x202F, 0x3000 } do
  SPACE[code] = true
end
for _, code in utf8.codes("([{<-–—―/=>*_“‘«„‚‹`") do OPENER[code] = true end
for _, code in utf8.codes(".,;:!?…)]}|”’»›\"'") do STOP[code] = true end

local function class(code)
  if not code or SPACE[code] then return "space" end
  if OPENER[code] then return "opener" end
  return STOP[code] and "stop" or "word"
end

local function code_at(text, at)
  local byte = text:byte(at)
  if not byte or byte < 128 then return byte end
  local char = text:match("^[\xC2-\xF4][\x80-\xBF]+", at)
  return char and utf8.len(char) == 1 and utf8.codepoint(char) or byte
end

local function code_before(text, at)
  local first = at - 1
  while first > 1 and first > at - 4 and text:find("^[\x80-\xBF]", first) do first = first - 1 end
  return code_at(text, first)
end

-- Returns what the mark at first..last can do: "open", "close", "either", "loose"
-- (closes when something is open, else nothing) or nil.
local function role(text, first, last, usual, single)
  local left = class(first > 1 and code_before(text, first) or nil)
  local right = class(code_at(text, last + 1))
  local can_open = (left == "space" or left == "opener") and right ~= "space"
  local can_close = left ~= "space" and right ~= "word"
  if single and left == "stop" and right == "word" then can_open = usual ~= "close" end
  if usual == "open" then
    if can_close and left ~= "opener" then return "close" end
    if single and left == "word" then return nil end
    return "open"
  elseif usual == "close" then
    if single then return can_close and "close" or nil end
    if can_open and right == "word" then return "open" end
    return "close"
  end
  if can_open and can_close then return right == "word" and "open" or "either" end
  if can_open then return "open" elseif can_close then return "close" end
  if left == "space" and right == "space" and not single then return "loose" end
  return nil
end

---@class pumice.extract.Marks
---@field n integer
---@field first integer[]  bytes
---@field last integer[]
---@field role string[]
---@field shape string[]

-- Returns the marks of one class, in order.
local function read_marks(text, kinds)
  local single = kinds == SINGLE
  local marks = { n = 0, first = {}, last = {}, role = {}, shape = {} }
  local at = 1
  while true do
    at = text:find("[\"'`\xC2\xE2\xEF]", at)
    if not at then return marks end
    local byte = text:byte(at)
    local mark
    if byte == 0x22 then mark = '"'
    elseif byte == 0x27 then mark = text:match("^'+", at)
    elseif byte == 0x60 then mark = text:match("^`+", at)
    elseif byte == 0xC2 then mark = text:sub(at, at + 1)
    else mark = text:sub(at, at + 2) end
    local kind = kinds[mark]
    local does = kind and role(text, at, at + #mark - 1, kind[1], single)
    if does then
      local n = marks.n + 1
      marks.n, marks.first[n], marks.last[n] = n, at, at + #mark - 1
      marks.role[n], marks.shape[n] = does, kind[2]
    end
    at = at + (byte >= 0xC2 and 1 or #mark)
  end
end

-- Finds the stretches of one paragraph, which has those marks and ends
-- with byte `to`; `add(first, last, closed)` takes them.
local function pair(text, marks, from_mark, to_mark, to, single, add)
  local firsts, lasts, roles, shapes = marks.first, marks.last, marks.role, marks.shape
  local closers = {}
  for i = from_mark, to_mark do
    if roles[i] ~= "open" then closers[shapes[i]] = (closers[shapes[i]] or 0) + 1 end
  end

  local start, shape, depth = nil, nil, 0  -- of what is open
  for i = from_mark, to_mark do
    local does, own = roles[i], shapes[i]
    if does ~= "open" then closers[own] = closers[own] - 1 end
    if not start then
      if does == "open" or does == "either" then start, shape, depth = lasts[i] + 1, own, 0 end
    elseif does == "open" and own == shape then
      if (closers[own] or 0) > depth + 1 then
        depth = depth + 1
      else
        add(start, firsts[i] - 1, true)
        start, depth = lasts[i] + 1, 0
      end
    elseif does ~= "open" and (own == shape or (closers[shape] or 0) == 0) then
      -- ‘the workers’ pay is low’: an s and a mark end the quotation only where
      -- no other mark of the paragraph can.
      local possessive = single and text:find("^s", firsts[i] - 1)
        and text:find("^ %l", lasts[i] + 1) and i < to_mark and roles[i + 1] == "close"
      if depth > 0 and own == shape and not possessive then
        depth = depth - 1
      elseif not possessive then
        add(start, firsts[i] - 1, true)
        start = nil
      end
    end
  end
  if start then add(start, to, false) end
end

local function opens_with_mark(text, first, kinds)
  local mark = text:match("^[\"'`]+", first) or text:match("^[\xC2\xE2\xEF][\x80-\xBF]+", first)
  if not mark then return false end
  if #mark > 1 and mark:byte() < 128 and not kinds[mark] then mark = mark:sub(1, 1) end
  if mark:byte() == 0xE2 then mark = mark:sub(1, 3) end
  return kinds[mark] ~= nil
end

local MAX_BETWEEN = 40  -- bytes of a line that may stand inside a quotation
local MAX_LINES = 3     -- such lines in a row

-- Tells whether the quotation left open by paragraph `p` goes on in `q`: in the
-- next one, or past short lines without an end of a sentence (labels printed
-- between the two).
local function continues(text, firsts, lasts, p, q, kinds)
  if not opens_with_mark(text, firsts[q], kinds) then return false end
  for between = p + 1, q - 1 do
    if lasts[between] - firsts[between] >= MAX_BETWEEN
        or text:find("^[%.!%?\"\x80-\xBF]", lasts[between]) then
      return false
    end
  end
  return true
end

local function stretches(text, firsts, lasts, kinds)
  local found, covered = {}, 0
  local open, open_paragraph = nil, 0  -- the stretch that its paragraph left open
  local marks, mark = read_marks(text, kinds), 1
  for p = 1, #firsts do
    local count = #found
    local from_mark = mark
    while mark <= marks.n and marks.first[mark] <= lasts[p] do mark = mark + 1 end
    pair(text, marks, from_mark, mark - 1, lasts[p], kinds == SINGLE, function(first, last, closed)
      while first <= last and text:find("^%s", first) do first = first + 1 end
      while last >= first and text:find("^%s", last) do last = last - 1 end
      if first > last then return end
      found[#found + 1] = { first = first, last = last, paragraph = p, closed = closed }
      if closed then covered = covered + last - first + 1 end
    end)
    local head = found[count + 1]
    if open and head and head.first - firsts[p] <= 4
        and continues(text, firsts, lasts, open_paragraph, p, kinds) then
      head.continues = open
      found[open].continued = true
      covered = covered + found[open].last - found[open].first + 1
    end
    if #found > count and not found[#found].closed then
      open, open_paragraph = #found, p
    elseif p > open_paragraph + MAX_LINES then
      open = nil
    elseif #found > count then
      open = nil
    end
  end
  return found, covered
end

---@class pumice.extract.Stretch
---@field first integer  first byte between the marks
---@field last integer  last byte between the marks
---@field paragraph integer
---@field closed boolean  false when the paragraph ended first
---@field continues? integer  the stretch, by number, of which this is the next paragraph
---@field continued? boolean  the next paragraph goes on with this one

--- Returns the quoted stretches of a text, in order, nested ones left inside.
---
---@param text string  UTF-8
---@param firsts integer[]  the paragraphs, as `blocks.split` gives them
---@param lasts integer[]
---@param doubled boolean  whether '' is a mark
---@return pumice.extract.Stretch[]
function M.stretches(text, firsts, lasts, doubled)
  local found, covered = stretches(text, firsts, lasts, doubled and DOUBLED or DOUBLE)
  -- Where two single marks make a double one, one alone is the inner mark.
  local inner = text:find("''", 1, true)
  if not inner and (text:find("'", 1, true) or text:find("\xE2\x80[\x98\x9A\xB9]")) then
    local single, single_covered = stretches(text, firsts, lasts, SINGLE)
    if single_covered > covered then
      found = {}
      local number = {}
      -- An apostrophe may look like a mark that opens: only what is closed counts.
      for i, stretch in ipairs(single) do
        if stretch.closed or stretch.continued then
          stretch.continues = stretch.continues and number[stretch.continues]
          found[#found + 1] = stretch
          number[i] = #found
        end
      end
    end
  end
  return found
end

return M
