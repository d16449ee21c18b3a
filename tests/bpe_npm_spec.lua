--- token.bpe on the rank files of OpenAI against npm's tiktoken. Skipped, with
--- the reason, where node or npm are missing.
local bpe = require("pumice.token").bpe
local cpu_time = require "cpu_time"
local files = require "files"

local MODULES = "build/npm/node_modules"
local CASES = "build/npm/cases/"

local read = files.read

--- Runs a command, without the library that a sanitizer preloads.
local function command(line)
  local said, status = files.output("env -u LD_PRELOAD " .. line .. " 2>&1")
  return status == 0, said
end

--- Characters of each category up to Unicode 15.0, with neighbours that matter.
local function every_kind(step)
  local parts, count = {}, 0
  for line in io.lines("/usr/share/unicode/extracted/DerivedGeneralCategory.txt") do
    local first, last, category = line:match("^(%x+)%.?%.?(%x*)%s*;%s*(%a%a)")
    if first and category ~= "Cs" and category ~= "Co" and category ~= "Cn" then
      first = tonumber(first, 16)
      for code = first, last ~= "" and tonumber(last, 16) or first do
        count = count + 1
        if count % step == 0 then
          local c = utf8.char(code)
          parts[#parts + 1] = ("a%sb %s%s %s7%s\nX%s,%s's "):format(c, c, c, c, c, c, c)
        end
      end
    end
  end
  return table.concat(parts)
end

local function mixture(count, parts)
  local state, out = 7, {}
  for i = 1, count do
    state = (state * 1103515245 + 12345) & 0x7FFFFFFF
    out[i] = parts[(state >> 8) % #parts + 1]
  end
  return table.concat(out)
end

local function sources(pattern)
  return (files.output("cat " .. pattern))
end

local texts = {
  { "prose and code", function() return sources "src/text/*.[ch] lua/pumice/*.lua" end },
  { "characters of every kind", function() return every_kind(7) end },
  { "random mixtures", function()
    return mixture(100000, { "'s", "'S", "'LL", "'re", "'\u{17F}", "'", "a", "B", "cd", "\u{C9}a",
      "\u{E9}", " ", " ", "  ", "\n", "\r\n", "\t", "\u{A0}", "\u{3000}", "1", "22", "\u{663}",
      "/", "!", "...", "\u{65E5}\u{672C}", "\u{30FC}", "\u{1C5}", "\u{3A9}", "\u{200D}",
      "\u{1F44D}", "don't", "HTTPServer", "camelCase", "\u{180E}", "\u{85}", "\u{2028}", "_",
      "\u{308}", "\0", "\x0B", "the", " of", "ing", "</div>", "==", "\u{439}\u{43E}" })
  end },
  -- Short of a megabyte: the peer takes quadratic time.
  { "one letter", function() return ("a"):rep(20000) end },
  { "runs of blanks", function()
    return (" "):rep(5000) .. "x" .. ("\n"):rep(3000) .. (" \n\t"):rep(3000) .. " "
  end },
  { "noise", function()
    return mixture(20000, { "\u{1}", "\u{7F}", "\u{80}", "\u{FF}", "\u{FFFD}", "\u{FFFF}", "q",
      "\u{10FFFF}", "\u{E000}", "Z", "9", "~", "\u{F0000}", "\u{301}", "\u{4E00}", "\u{AC00}" })
  end },
}

describe("token.bpe beside npm's tiktoken", function()
  local ready, why = command "scripts/install-npm"
  if not ready then
    pending("skipped: " .. why)
    return
  end
  os.execute("mkdir -p " .. CASES)
  local paths = {}
  for i, case in ipairs(texts) do
    paths[i] = CASES .. i
    files.write(paths[i], case[2]())
  end

  for _, name in ipairs { "r50k_base", "p50k_base", "cl100k_base", "o200k_base" } do
    describe(name, function()
      local path = ("%s/gpt-tokenizer/data/%s.tiktoken"):format(MODULES, name)
      local encoder = assert(bpe.load(path, { name = name }))
      assert(command(("node tests/bpe_peer.js %s %s %s"):format(
        MODULES, name, table.concat(paths, " "))))

      for i, case in ipairs(texts) do
        it("gives the same ids: " .. case[1], function()
          local text, expected = read(paths[i]), read(paths[i] .. ".ids")
          local ids = encoder:encode(text)
          assert.equal(#expected // 4, #ids)
          for k, id in ipairs(ids:table()) do
            local their_id = string.unpack("=I4", expected, 4 * k - 3)
            if id ~= their_id then
              local first = encoder:spans(text):range(k)
              error(("byte %d: %d, not %d: %q"):format(
                first, id, their_id, text:sub(first - 20, first + 20)))
            end
          end
        end)

        it("counts, decodes and places them: " .. case[1], function()
          local text = read(paths[i])
          local ids = encoder:encode(text)
          assert.equal(#ids, encoder:count(text))
          assert.is_true(encoder:decode(ids) == text)
          local spans = encoder:spans(text)
          assert.is_true(spans:join("") == text)
          for k = 1, #ids, 97 do assert.equal(spans[k], encoder:token(ids[k])) end
        end)
      end

      it("is known by its digest", function()
        local same = assert(bpe.load(path))
        assert.equal(encoder:encode "a b", same:encode "a b")
        assert.equal(encoder:id "<|endoftext|>", same:id "<|endoftext|>")
        local other = name == "r50k_base" and "cl100k_base" or "gpt2"
        local none, message = bpe.load(path, { name = other })
        assert.is_nil(none)
        assert.matches("not the rank file of " .. other, message, 1, true)
      end)

      -- A quadratic way would take a thousand times the time of a linear one.
      it("takes hostile texts of a megabyte in time", function()
        local size = 1 << 20
        for _, text in ipairs {
          ("a"):rep(size), (" "):rep(size), ("\n"):rep(size), ("\xFF"):rep(size),
          (" \n"):rep(size // 2), ("aA"):rep(size // 2), ("ab1"):rep(size // 3),
          mixture(size, { "\xC3", "\xA9", "\x80", "\xFF", "a", "\0", "\xF0", "\x9F" }),
        } do
          assert(cpu_time.within(10, function()
            assert.is_true(encoder:decode(encoder:encode(text)) == text)
          end))
        end
      end)
    end)
  end
end)
