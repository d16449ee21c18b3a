--- The lines of a block are the same ones, at the same places, whether they are read
--- or sampled. Of a record whose text is a string the fields, the words and the key are
--- those of the text that the record has; of all else the line comes back.
local core = require "pumice.core"
local is_same = require "same"

local record = core.record.maker(function() return false end)
local NAMES = { "id", "u", "text" }
local N, ENOUGH, RATE, MOST = 3, 4, 2, 100

return function(data)
  local whole, sampled = core.line_block.of(data, 1), core.line_block.of(data, 1)
  local sets, fields, count = core.sets.new(), {}, 0
  for line, first, size, number in function() return whole:next() end do
    local first_of, bytes, size_of, number_of, words, key =
      sampled:sample(MOST, fields, NAMES, sets, N, ENOUGH, RATE)
    assert(first_of == first and size_of == size and number_of == number and bytes == #line)
    local doc = size <= MOST and record(line) or nil
    if doc and type(doc.text) == "string" then
      local _, count_of_words = core.sketch.sample(doc.text, N, ENOUGH, RATE)
      assert(words == count_of_words)
      assert(key == (words > 0 and core.seen.key(doc.text) or nil))
      for _, name in ipairs(NAMES) do assert(is_same(fields[name], doc[name], core.json.type)) end
      count = count + 1
    else
      assert(words == nil and key == line)
    end
    assert(#sets == count)
  end
  assert(not sampled:sample(MOST, fields, NAMES, sets, N, ENOUGH, RATE))
end
