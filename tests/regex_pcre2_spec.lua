--- The test cases of PCRE2 itself, through pumice.regex.
local cases = require "pcre2_cases"
local regex = require "pumice.regex"

-- As pcre2test has them.
local LIMITS = {
  match_limit = 10000000, depth_limit = 10000000, heap_limit = 1 << 30, time_limit = 10,
}

local FLAGS = {
  caseless = "i", multiline = "m", dotall = "s", extended = "x", ucp = "u", ungreedy = "U",
}

-- Modifiers that a pattern may start with instead: before and behind its own verbs.
local VERBS = {
  newline = "(*%s)", bsr = "(*BSR_%s)", notempty = "(*NOTEMPTY)",
  notempty_atstart = "(*NOTEMPTY_ATSTART)", no_auto_possess = "(*NO_AUTO_POSSESS)",
  no_dotstar_anchor = "(*NO_DOTSTAR_ANCHOR)", no_start_optimize = "(*NO_START_OPT)",
  no_jit = "(*NO_JIT)",
}
local SETTINGS = { dupnames = "(?J)", extended_more = "(?xx)", no_auto_capture = "(?n)" }

-- Modifiers that only print more, or stand for themselves.
local IDLE = {}
for name in ([[aftertext allaftertext allcaptures auto_callout bincode callout_capture
  callout_extra callout_info callout_no_where callout_none copy debug find_limits framesize
  fullbincode get getall global info jit jitstack jitverify mark memory null_context offset
  startoffset utf zero_terminate]]):gmatch("%g+") do IDLE[name] = true end

local function sorted(set)
  local names = {}
  for name in pairs(set) do names[#names + 1] = name end
  table.sort(names)
  return names
end

--- The pattern and options that mean the same, or nil and the modifier for
--- which there are none.
local function express(pattern, modifiers)
  local flags, verbs, settings = "", "", ""
  for _, name in ipairs(sorted(modifiers)) do
    if FLAGS[name] then
      flags = flags .. FLAGS[name]
    elseif VERBS[name] then
      verbs = verbs .. VERBS[name]:format(tostring(modifiers[name]):upper())
    elseif SETTINGS[name] then
      settings = settings .. SETTINGS[name]
    elseif not IDLE[name] then
      return nil, name
    end
  end
  local head = 0
  while pattern:find("^%(%*[%u_]+=?%w*%)", head + 1) do head = pattern:find(")", head + 1, true) end
  local options = { flags = flags }
  for name, limit in pairs(LIMITS) do options[name] = limit end
  return verbs .. pattern:sub(1, head) .. settings .. pattern:sub(head + 1), options
end

--- The matches that were printed, each a list of the whole and its groups; or
--- nil and why there is nothing to compare.
local function expected(printed)
  local matches = {}
  for _, line in ipairs(printed) do
    local group, text = line:match("^ ?(%d+): (.*)$")
    if group == "0" then matches[#matches + 1] = {} end
    if group and #matches > 0 then
      table.insert(matches[#matches], text)
    elseif line:find("^%*%*") then
      return nil, "what pcre2test refuses"
    elseif line:find("^Failed") or line:find("^Matched, but") then
      return nil, "printed: " .. line
    end
  end
  for _, groups in ipairs(matches) do
    while groups[#groups] == "<unset>" do table.remove(groups) end
  end
  return matches
end

--- What we find, in the same shape.
local function found(re, text, init, global, utf)
  local matches = {}
  repeat
    local got = table.pack(re:find(text, init))
    if not got[1] then return got[2] or matches end
    local groups = { cases.escape(text:sub(got[1], got[2]), utf) }
    for i = 3, got.n do groups[i - 1] = got[i] and cases.escape(got[i], utf) or "<unset>" end
    while groups[#groups] == "<unset>" do table.remove(groups) end
    matches[#matches + 1] = groups
    init = got[2] + 1
  until not global or got[2] < got[1]
  return matches
end

local function has_empty(matches)
  for _, groups in ipairs(matches) do
    if groups[1] == "" then return true end
  end
  return false
end

--- Runs the tests of a file: calls `ran(place, expected, got)` or
--- `passed_over(reason)` for each pattern and each subject.
local function run(tests, ran, passed_over)
  local test, utf

  local function run_subject(subject)
    local modifiers = {}
    for name, value in pairs(test.modifiers) do modifiers[name] = value end
    for name, value in pairs(subject.modifiers) do modifiers[name] = value end
    local pattern, options = express(test.pattern, modifiers)
    if not pattern then return passed_over(options) end
    local matches, other = expected(subject.printed)
    if not matches then return passed_over(other) end
    if modifiers.global and has_empty(matches) then
      return passed_over("global, with an empty match: Lua 5.4 counts these otherwise")
    end
    local text = cases.unescape(subject.line, utf)
    if not text or not utf8.len(text) then return passed_over("a text that is not UTF-8") end
    if not utf and text:find("[\128-\255]") then return passed_over("bytes beyond ASCII") end
    local offset = tonumber(modifiers.offset or modifiers.startoffset or 0)
    local re = assert(regex.new(pattern, options))
    ran(("%d: /%s/ on %s"):format(test.number, test.pattern, subject.line), matches,
      found(re, text, offset + 1, modifiers.global, utf))
  end

  for each in tests do
    test = each
    utf = test.modifiers.utf or test.pattern:find("^[(*%u_=)]*%(%*UTF%)") ~= nil
    local pattern, options = express(test.pattern, test.modifiers)
    local reason = not pattern and options
      or not utf and test.pattern:find("[\128-\255]") and "bytes beyond ASCII"
    local error_at, error_text
    for _, line in ipairs(test.printed) do
      local at, text = line:match("^Failed: error %d+ at offset (%d+): (.*)$")
      if at then error_at, error_text = tonumber(at), text end
      if line:find("^%*%*") then reason = reason or "what pcre2test refuses" end
    end
    if error_text and error_text:find("only in Unicode", 1, true) then
      reason = reason or "an error of patterns that are not UTF-8"
    end
    if reason then
      passed_over(reason)
      for _ = 1, #test.subjects do passed_over(reason) end
    else
      local re, message, at = regex.new(pattern, options)
      local place = ("%d: /%s/"):format(test.number, test.pattern)
      local added = #pattern - #test.pattern
      ran(place, error_at and { error_text, error_at } or "compiles",
        re and "compiles" or { message:match("^(.*) at byte %d+, after"), at - 1 - added })
      for _, subject in ipairs(re and test.subjects or {}) do run_subject(subject) end
    end
  end
end

describe("pumice.regex and PCRE2's tests", function()
  local folder = cases.folder()
  if not folder then
    io.stderr:write("skipped: PCRE2's tests cannot be fetched\n")
    pending("agree: PCRE2's tests cannot be fetched")
    return
  end

  local reasons, count, over = {}, 0, 0
  for _, number in ipairs { 1, 2, 4, 5 } do
    it(("agree on testinput%d"):format(number), function()
      local differences, before = {}, count
      run(cases.tests(folder, number), function(place, wanted, got)
        count = count + 1
        if not pcall(assert.same, wanted, got) then
          differences[#differences + 1] = { place, wanted = wanted, got = got }
        end
      end, function(reason)
        over = over + 1
        reasons[reason] = (reasons[reason] or 0) + 1
      end)
      assert.same({}, differences)
      assert.is_true(count > before, "no case ran")
    end)
  end

  lazy_teardown(function()
    print(("%d of PCRE2's cases ran, %d were passed over:"):format(count, over))
    local names = sorted(reasons)
    table.sort(names, function(a, b) return reasons[a] > reasons[b] end)
    for _, name in ipairs(names) do print(("  %5d %s"):format(reasons[name], name)) end
  end)
end)
