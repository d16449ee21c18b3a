--- Links: addresses of pages, e-mail addresses, handles and tags.
local hosts = require "pumice.extract.hosts"
local url_tail = require "pumice.extract.url_tail"

local M = {}

local SCHEMES = { http = true, https = true, ftp = true }
local MAX_LOCAL = 64  -- bytes before the @ of an address, RFC 5321

-- Is the code point part of a word, for what may stand beside a tag or handle?
local function is_letter(code)
  if code < 128 then return code >= 0x30 and string.char(code):find("%w") ~= nil end
  if code < 0x100 then
    return code == 0xAA or code == 0xB5 or code == 0xBA
      or code >= 0xC0 and code ~= 0xD7 and code ~= 0xF7
  end
  return not (code >= 0x2000 and code <= 0x2BFF or code >= 0x2E00 and code <= 0x2E7F
    or code >= 0x3000 and code <= 0x3004 or code >= 0x3008 and code <= 0x3030 or code == 0x30FB
    or code >= 0xFE00 and code <= 0xFE6F or code >= 0xFF00 and code <= 0xFF0F
    or code >= 0xFF1A and code <= 0xFF20 or code >= 0xFF3B and code <= 0xFF40
    or code >= 0xFF5B and code <= 0xFF65 or code >= 0xFFE0 and code <= 0xFFFF
    or code >= 0x1F000 and code <= 0x1FAFF or code >= 0xE0000)
end

-- Signs that may stand inside a tag beside letters, as twitter-text has them.
local INSIDE = {}
for _, code in ipairs { 0x5F, 0xB7, 0x200C, 0x200D, 0x5BE, 0x5F3, 0x5F4, 0xF0B, 0xF0C, 0x3003,
    0x301C, 0x309B, 0x309C, 0x30A0, 0x30FB, 0xFF5E } do
  INSIDE[code] = true
end

local function code_before(text, at)
  local first = at - 1
  while first > 1 and first > at - 4 and text:find("^[\x80-\xBF]", first) do first = first - 1 end
  return (hosts.code(text, first))
end

local function is_digit(code)
  return code >= 0x30 and code <= 0x39 or code >= 0x660 and code <= 0x669
    or code >= 0x6F0 and code <= 0x6F9 or code >= 0x966 and code <= 0x96F
    or code >= 0xFF10 and code <= 0xFF19
end

-- Returns the last byte of the tag whose sign ends before `at`, or nil.
local function tag_end(text, at)
  local letters = false
  local last
  while true do
    local code, length = hosts.code(text, at)
    if not code or not (is_letter(code) or INSIDE[code]) then break end
    letters = letters or is_letter(code) and not is_digit(code)
    at = at + length
    last = at - 1
  end
  if not letters then return nil end
  if text:find("^[#@]", at) or text:find("^://", at) or text:find("^\xEF\xBC[\x83\xA0]", at) then
    return nil
  end
  return last
end

local function follows_word(text, at)
  local code = at > 1 and code_before(text, at)
  return code and (is_letter(code) or code == 0x5F or code == 0x26) or false
end

local function hashtag(text, at, sign)
  if follows_word(text, at) then return nil end
  return tag_end(text, at + sign)
end

local function mention(text, at, sign)
  local before = at > 1 and code_before(text, at)
  if before and (before < 128 and text:find("^[%w_!#$%%&*@]", at - 1)
      or before == 0xFF20 or before >= 0xC0 and before < 0x250)
      and not text:sub(math.max(1, at - 4), at - 1):find("%f[%w][Rr][Tt]:?$") then
    return nil
  end
  local after = text:match("^[%w_]+()", at + sign)
  if not after then return nil end
  local list = text:match("^/%a[%w_-]*()", after)
  local next_code = hosts.code(text, list or after)
  if next_code and (next_code == 0x40 or next_code == 0xFF20
      or next_code >= 0xC0 and next_code < 0x250) or text:find("^://", list or after) then
    return nil
  end
  return (list or after) - 1
end

local function cashtag(text, at, sign)
  local before = at > 1 and code_before(text, at)
  if before and (is_letter(before) or before == 0x24) then return nil end
  local after = text:match("^%a%a?%a?%a?%a?%a?()", at + sign)
  if not after then return nil end
  after = text:match("^[._]%a%a?%f[^%w]()", after) or after
  if text:find("^[%w$]", after) then return nil end
  return after - 1
end

local LOCAL = {}
for byte in ("!#$%&'*+-/=?^_`{|}~."):gmatch(".") do LOCAL[byte:byte()] = true end
for byte = 0x30, 0x7A do
  if string.char(byte):find("%w") then LOCAL[byte] = true end
end

-- Returns the last byte of the e-mail address whose @ is at `at`, and its first.
local function email(text, at, from)
  local first = at
  while first > from and LOCAL[text:byte(first - 1)] and at - first < MAX_LOCAL do
    first = first - 1
  end
  first = text:match("^['/{*|]*()", first)
  if first >= at then return nil end
  local name = text:sub(first, at - 1)
  if name:find("^%.") or name:find("%.$") or name:find("..", 1, true) then return nil end
  local mailto = first - 7 >= from and text:sub(first - 7, first - 1):lower() == "mailto:"
  local after = text:match("^%[%d+%.%d+%.%d+%.%d+%]()", at + 1)
  if not after then
    if not text:find("^[%w\xC3-\xF4]", at + 1) then return nil end
    local host = hosts.read(text, at + 1)
    if not host.known and not (mailto and host.valid and host.labels == 1) then return nil end
    after = host.after
    if text:find("^[@_]", after) then return nil end
  end
  return after - 1, mailto and first - 7 or first
end

-- Returns the last byte of the address whose host starts at `at`, or nil, and the
-- byte up to which there is none.
local function page(text, at, scheme)
  local user = scheme and text:match("^[%w.!~*'&=+$,;%%-]+:?[%w.!~*'&=+$,;%%-]*@()", at)
  local host = hosts.read(text, user or at)
  if not (host.known or scheme and host.valid
      or scheme and text:find("^%d+%.%d+%.%d+%.%d+%f[^%w.]", user or at)) then
    return nil, host.reached
  end
  local after = host.after
  if text:find(scheme and "^[_@]" or "^[_@+-]", after) then return nil, host.reached end
  after = text:match("^:%d+()", after) or after
  return url_tail.last(text, after, text:sub(user or at, host.after - 1)), host.reached
end

-- May a page's address begin at `at`, by what stands before it?
local function may_begin(text, at)
  local code = at > 1 and code_before(text, at)
  if not code then return true end
  if text:find("^//", at - 2) then
    return not text:find("^[%w_@$#:/-]", at - 3)
  end
  if code < 128 then return not text:find("^[%w_@$#/-]", at - 1) end
  return not (code == 0xFF20 or code == 0xFF03 or code == 0xFF04)
end

-- The beginning of the label that ends before `at`.
local function label_start(text, at, from)
  local first = at
  while first > from do
    local before = text:byte(first - 1)
    if before < 128 then
      if not text:find("^[%w_-]", first - 1) then break end
      first = first - 1
    else
      local start = first - 1
      while start > from and text:find("^[\x80-\xBF]", start) do start = start - 1 end
      local code = hosts.code(text, start)
      if not code or not is_letter(code) and not (code >= 0x2190 and code <= 0x2BFF) then break end
      if hosts.is_unspaced(code) and first < at then break end
      first = start
    end
    if at - first > 252 then return nil end
  end
  return first < at and first or nil
end

local FULL = { [0x83] = "hashtag", [0xA0] = "mention", [0x84] = "cashtag" }
local SIGNS = { [0x23] = "hashtag", [0x40] = "mention", [0x24] = "cashtag" }
local READ = { hashtag = hashtag, mention = mention, cashtag = cashtag }

--- Returns the links of a text, as `extract.links` documents.
---@param text string
---@return table[]
function M.find(text)
  local found = {}
  local done = 0        -- last byte of the last link
  local barren = 0      -- no page's address begins before this byte
  local function add(kind, first, last)
    found[#found + 1] = { text = text:sub(first, last), kind = kind, first = first, last = last }
    done = last
  end
  local at = 1
  while true do
    at = text:find("[.:@#$\xEF]", at)
    if not at then break end
    local byte = text:byte(at)
    if byte == 0x3A then
      local scheme = text:find("^://", at)
        and text:sub(math.max(done + 1, at - 8), at - 1):match("%a+$")
      if scheme and SCHEMES[scheme:lower()] and may_begin(text, at - #scheme) then
        local last, reached = page(text, at + 3, true)
        if last then add("url", at - #scheme, last) else barren = math.max(barren, reached) end
      end
    elseif byte == 0x2E then
      local first = at >= barren and text:find("^[%w\x80-\xFF]", at + 1)
        and label_start(text, at, done + 1)
      if first and may_begin(text, first) then
        local last, reached = page(text, first, false)
        if last and not text:find("^%d+%.%a", first) then
          if first > done + 2 and text:find("^//", first - 2) then first = first - 2 end
          add("url", first, last)
        else
          barren = math.max(barren, reached)
        end
      end
    else
      local kind = SIGNS[byte]
      local sign = 1
      if byte == 0xEF then
        kind = text:byte(at + 1) == 0xBC and FULL[text:byte(at + 2)] or nil
        sign = 3
      end
      local last, first
      if byte == 0x40 then last, first = email(text, at, done + 1) end
      if last then
        add("email", first, last)
      elseif kind then
        last = READ[kind](text, at, sign)
        if last then add(kind, at, last) end
      end
    end
    at = math.max(at, done) + 1
  end
  return found
end

return M
