--- Regular expressions: PCRE2's whole syntax, compiled to machine code.
---
--- The names of Lua's string library mean what they mean there: positions are
--- bytes, counted from 1, the last one included. A pattern is a string or a
--- compiled object; strings are compiled once and kept (a bounded number). Every
--- function here that takes a pattern is a method of the object too, with the
--- pattern first: `regex.find(text, pattern, init)`, `re:find(text, init)`.
---
--- - `\w \d \s \b` mean ASCII; the flag "u" makes them mean Unicode. A dot and a
---   class match a whole character.
--- - `^` matches where the text starts, whatever `init` is; `\G` matches at `init`.
--- - A group that took no part in a match is `false`.
--- - An empty match right after the last match is passed over, as in Lua 5.4.
--- - In a text that is not valid UTF-8 the invalid bytes match nothing, and no
---   match crosses them.
--- - Most of a text is passed over without matching when all matches begin in few
---   ways (`(?:Jan|Feb)\w*`, `\d{4}-\d\d`), have a byte that is rare (`@`), or are
---   runs of classes (`[A-Z][a-z]+`): such patterns are the fastest.
--- - Matching is bounded. A limit that is reached is not "no match": it gives nil
---   and "match limit", "depth limit", "heap limit" or "time limit"; in a `gmatch`
---   loop it raises. In a stage of a recipe it always raises, and the document
---   becomes a reject with the code regex-limit. A pattern string that does not
---   compile raises, save in `regex.new`.
--- - The match limit holds for each place where a match may start. The time limit
---   holds for the whole text, and ends what fails slowly at many places, such as
---   `a.*b.*c` on very long lines. It is there to stop runaways; since it goes by
---   the clock, which text near the limit it stops can differ from run to run.
---
--- Sources: PCRE2 (pcre2pattern, pcre2jit); lrexlib and Lua 5.4 for what the
--- shared names mean.
local core = require("pumice.core").regex
local options = require "pumice.options"

local M = {}

---@class pumice.Regex
local Regex = core.methods

---@class pumice.regex.Options
---@field flags? string  any of "i" caseless, "m" ^ and $ at each line, "s" dot matches
---  newline too, "x" blanks and #comments in the pattern, "u" Unicode classes, "U" ungreedy
---@field match_limit? integer  steps of backtracking from one start (default 1,000,000)
---@field depth_limit? integer  backtracking points that are open at once (default 100,000)
---@field heap_limit? integer  bytes (default 64 MiB)
---@field time_limit? number  CPU seconds that the search of one text may take, and ten times
---  as many more for each MB of it (default 0.25)
local defaults = {
  flags = "", match_limit = 1000000, depth_limit = 100000, heap_limit = 64 << 20,
  time_limit = 0.25,
}

--- Compiles a pattern.
---
--- ```lua
--- regex.new("(\\w+)@(\\w+)", "i"):match("mail Ann@Example")  --> "Ann", "Example"
--- regex.new("a[")  --> nil, "missing terminating ] for character class at byte 3, after 'a['", 3
--- local re = regex.new("(a+)+$", { match_limit = 1000 })
--- re:test(("a"):rep(30) .. "b")  --> nil, "match limit"
--- ```
---
---@param pattern string
---@param opts? string|pumice.regex.Options  flags, or options
---@return pumice.Regex? re
---@return string? message  nil and why it does not compile
---@return integer? position  where in the pattern
function M.new(pattern, opts)
  if type(opts) == "string" then opts = { flags = opts } end
  local set = options.read(opts, defaults)
  return core.new(pattern, set.flags, set.match_limit, set.depth_limit, set.heap_limit // 1024,
    set.time_limit)
end

-- Two generations of compiled strings: what was not asked for while `young`
-- filled up goes with `old`.
local CACHE_MOST <const> = 256
local young, old, young_count = {}, {}, 0

local function compiled(pattern, text, name)
  if type(text) ~= "string" and type(text) ~= "number" then
    error(("bad argument #1 to '%s' (string expected, got %s)"):format(name, type(text)), 3)
  end
  if type(pattern) == "userdata" then return pattern end
  if type(pattern) ~= "string" then
    error(("a pattern is a string or a regex, not a %s"):format(type(pattern)), 3)
  end
  local re = young[pattern]
  if re then return re end
  local message
  re = old[pattern]
  if not re then
    re, message = M.new(pattern)
    if not re then error(message, 3) end
  end
  if young_count >= CACHE_MOST then
    young, old, young_count = {}, young, 0
  end
  young[pattern] = re
  young_count = young_count + 1
  return re
end

--- Finds the first match at or after `init`.
---
--- ```lua
--- regex.find("a1b22", "[0-9]{2}")      --> 4, 5
--- regex.find("key=7", "(\\w+)=(\\d)")  --> 1, 5, "key", "7"
--- regex.find("abc", "x")               --> nil
--- ```
---
---@param text string
---@param pattern string|pumice.Regex
---@param init? integer  where to start, negative from the end (default 1)
---@return integer? first  nil when there is no match; nil, reason at a limit
---@return integer|string? last
---@return string|false ...  the groups
function M.find(text, pattern, init)
  return Regex.find(compiled(pattern, text, "find"), text, init)
end

--- Returns the groups of the first match at or after `init`, or the whole match
--- if the pattern has none.
---
--- ```lua
--- regex.match("10 May 2024", "(\\d+) (\\w+)")  --> "10", "May"
--- regex.match("10 May 2024", "\\d{4}")         --> "2024"
--- regex.match("b", "(a)?b")                    --> false
--- ```
---
---@param text string
---@param pattern string|pumice.Regex
---@param init? integer
---@return string|false|nil ...  nil when there is no match; nil, reason at a limit
function M.match(text, pattern, init)
  return Regex.match(compiled(pattern, text, "match"), text, init)
end

--- Says whether there is a match at or after `init`.
---
--- ```lua
--- regex.test("Grüße", "^.{5}$")  --> true
--- ```
---
---@param text string
---@param pattern string|pumice.Regex
---@param init? integer
---@return boolean? matched  nil, reason at a limit
---@return string? reason
function M.test(text, pattern, init)
  return Regex.test(compiled(pattern, text, "test"), text, init)
end

--- Returns the first match as a table: groups by number and by name, the whole
--- match at 0.
---
--- ```lua
--- regex.captures("Ada Lovelace", "(?<given>\\w+) (?<family>\\w+)").family  --> "Lovelace"
--- ```
---
---@param text string
---@param pattern string|pumice.Regex
---@param init? integer
---@return table<integer|string, string|false>? captures  nil, reason at a limit
---@return string? reason
function M.captures(text, pattern, init)
  return Regex.captures(compiled(pattern, text, "captures"), text, init)
end

--- Iterates over all matches: their groups, or the whole match if there are
--- none. Raises when a limit is reached. (A first group that took no part is
--- `false`, so the loop goes on.)
---
--- ```lua
--- local keys = {}
--- for key, value in regex.gmatch("a=1, b=2", "(\\w)=(\\w)") do keys[key] = value end
--- keys  --> { a = "1", b = "2" }
--- ```
---
---@param text string
---@param pattern string|pumice.Regex
---@param init? integer
---@return fun(): string|false|nil, ...
function M.gmatch(text, pattern, init)
  return Regex.gmatch(compiled(pattern, text, "gmatch"), text, init)
end

--- Replaces the matches, all or the first `n`, and returns the new text and how
--- many there were.
---
--- In a replacement string %0 is the match, %1 to %9 the groups, %{name} a named
--- group and %% a percent sign; a group that took no part is empty. A function
--- is called with the groups (or the match), a table is looked up with the first
--- group (or the match); false and nil leave the match as it is.
---
--- ```lua
--- regex.gsub("2024-05-10", "(\\d+)-(\\d+)-(\\d+)", "%3.%2.%1")  --> "10.05.2024", 1
--- regex.gsub("a b", "(?<x>\\w)", "<%{x}>")                      --> "<a> <b>", 2
--- regex.gsub("a b", "\\w", { a = "A" })                         --> "A b", 2
--- regex.gsub("a b", "\\w", string.upper, 1)                     --> "A b", 1
--- ```
---
---@param text string
---@param pattern string|pumice.Regex
---@param replacement string|number|table|fun(...): string|number|false|nil
---@param n? integer  the most matches to replace
---@return string? text  nil, reason at a limit
---@return integer|string count
function M.gsub(text, pattern, replacement, n)
  return Regex.gsub(compiled(pattern, text, "gsub"), text, replacement, n)
end

--- Counts the matches.
---
--- ```lua
--- regex.count("one two three", "\\w+")  --> 3
--- ```
---
---@param text string
---@param pattern string|pumice.Regex
---@return integer? count  nil, reason at a limit
---@return string? reason
function M.count(text, pattern)
  return Regex.count(compiled(pattern, text, "count"), text)
end

--- Returns what lies between the matches, as Spans: always one more than there
--- are matches, so a text without any is one piece. Empty matches where the text
--- starts or ends do not split.
---
--- ```lua
--- local pieces = regex.split("a, b,c", ",\\s*")
--- pieces[1], pieces[2], pieces[3]  --> "a", "b", "c"
--- #regex.split(",", ",")           --> 2
--- #regex.split("abc", "")          --> 3
--- ```
---
---@param text string
---@param pattern string|pumice.Regex
---@return pumice.Spans? pieces  nil, reason at a limit
---@return string? reason
function M.split(text, pattern)
  return Regex.split(compiled(pattern, text, "split"), text)
end

---@class pumice.regex.SpansOptions
---@field captures? boolean|(integer|string)[]  true for all groups, or the numbers and
---  names of those that are wanted (default false)
local spans_defaults = { captures = options.any }

--- The groups that `captures` asks for: their numbers, and the names to file
--- the columns under.
local function wanted(re, captures)
  if not captures then return nil end
  local count, names = core.groups(re)
  local numbers, keys = {}, {}
  local function add(group, key)
    numbers[#numbers + 1], keys[#keys + 1] = group, key
  end
  if captures == true then
    for group = 1, count do add(group, group) end
    local columns = {}
    for name, group in pairs(names) do
      if group == name then
        add(name, name)
      else
        columns[#columns + 1] = { name, group }
      end
    end
    table.move(columns, 1, #columns, #keys + 1, keys)
  elseif type(captures) == "table" then
    for _, key in ipairs(captures) do
      local group = math.type(key) == "integer" and key or names[key]
      local known = group and (group == names[key] or group >= 0 and group <= count)
      if not known then error(("the pattern has no group '%s'"):format(tostring(key)), 4) end
      add(group, key)
    end
  else
    error("option 'captures' is true or a list of groups", 4)
  end
  return numbers, keys
end

--- Returns all matches as Spans and, if asked for, the groups as columns: a
--- table by number and name of further Spans, whose i-th range belongs to the
--- i-th match. A group that took no part in a match has an empty range there; of groups
--- of one name (`(?J)`) the first that took part counts.
---
--- This is the fastest way to many matches: no string is made until it is read.
---
--- ```lua
--- local all, group = regex.spans("a=1, b=2", "(?<key>\\w)=(\\w)", { captures = true })
--- #all, all[2], all:range(2)   --> 2, "b=2", 6, 8
--- group.key[2], group[2][2]    --> "b", "2"
--- ```
---
---@param text string  at most 4 GiB
---@param pattern string|pumice.Regex
---@param opts? pumice.regex.SpansOptions
---@return pumice.Spans? matches  nil, reason at a limit
---@return table<integer|string, pumice.Spans>|string|nil columns
function M.spans(text, pattern, opts)
  return compiled(pattern, text, "spans"):spans(text, opts)
end

function Regex.spans(re, text, opts)
  local captures = options.read(opts, spans_defaults).captures
  local numbers, keys = wanted(re, captures)
  local all, columns = core.spans(re, text, numbers)
  if not all then return nil, columns end
  if not keys then return all end
  local by_key = {}
  for i, key in ipairs(keys) do
    if type(key) == "table" then
      by_key[key[1]] = columns[key[2]]
    else
      by_key[key] = columns[i]
    end
  end
  return all, by_key
end

--- Returns the pattern that matches `text` and nothing else.
---
--- ```lua
--- regex.escape("1+1=2")                      --> "1\\+1\\=2"
--- regex.count("1+1=2", regex.escape("1+1"))  --> 1
--- ```
---
---@param text string
---@return string pattern
function M.escape(text)
  return (text:gsub("[^%w_\128-\255]", "\\%0"))
end

--- Prepares a list of literals to be found in one pass, see `pumice.phrases`.
---
--- ```lua
--- regex.phrases({ "sign up" }, { caseless = true }):count("SIGN UP! Sign up!")  --> 2
--- ```
---
---@param list string[]
---@param opts? pumice.phrases.Options
---@return pumice.Phrases
function M.phrases(list, opts)
  return require("pumice.phrases").new(list, opts)
end

--- Prepares many patterns to be looked for in one text, see `pumice.patterns`.
---
--- ```lua
--- local set = regex.set { mail = "\\w+@\\w+", year = "\\b\\d{4}\\b", ad = { "buy now", "i" } }
--- set:count("a@b c@d 2024")  --> { mail = 2, year = 1, ad = 0 }
--- ```
---
---@param patterns table<string, string|pumice.Regex|{[1]: string, [2]: string}>
---@return pumice.Patterns? set
---@return string? message  nil and which one does not compile, and why
function M.set(patterns)
  return require("pumice.patterns").new(patterns)
end

return M
