local cuts = require "pumice.engine.cuts"
local made_corpus = require "made_corpus"
local orders = require "pumice.engine.orders"
local program = require "program"

local STEP, MEGABYTE = 256 * 1024, 1024 * 1024

describe("cuts", function()
  before_each(program.new_folder)
  after_each(program.remove_folder)

  --- Lines of all lengths, 21 MB of them, one of them longer than a window.
  local function lines_of_text(longest)
    local random, list, bytes = made_corpus.random(3), {}, 0
    while bytes < 21 * MEGABYTE do
      local size = #list == 40 and longest or random(random(2) == 1 and 40 or 100000)
      list[#list + 1] = ("x"):rep(size)
      bytes = bytes + size + 1
    end
    return table.concat(list, "\n")
  end

  --- The cuts of a file, "line:offset" each, and how they ended.
  local function all(text, opts)
    opts.path = program.write("lines", text)
    opts.size, opts.step = #text, STEP
    opts.line, opts.offset = opts.line or 1, opts.offset or 0
    opts.max_record = opts.max_record or 100 * MEGABYTE
    local found, of_file = {}, cuts.new(opts)
    while true do
      local line, offset, size = of_file:next()
      if not line then return found, line, of_file end
      found[#found + 1] = ("%d:%d"):format(line, offset)
      assert.equal(of_file.offset, offset + size)
    end
  end

  it("are at ends of lines, and each has the number of its line", function()
    local text = lines_of_text(10 * MEGABYTE)
    local found, ended = all(text, {})
    assert.is_nil(ended)
    assert.is_true(#found > 30)
    local line, at = 1, 0
    for _, cut in ipairs(found) do
      local number, offset = cut:match("(%d+):(%d+)")
      offset = tonumber(offset)
      line = line + select(2, text:sub(at + 1, offset):gsub("\n", ""))
      at = offset
      assert.equal(tonumber(number), line)
      assert.is_true(offset == 0 or text:sub(offset, offset) == "\n")
    end
    assert.same({ found, nil }, { all(text, {}), nil })
  end)

  it("are the same when workers look for them, and when they do not get to it", function()
    local text = lines_of_text(10 * MEGABYTE)
    local expected = all(text, {})
    local list
    list = orders.new(2, function(slot, frame)
      if slot == 0 then assert(list:heard(slot, orders.obey(frame))) end
    end)
    assert.same(expected, (all(text, { orders = list })))
    assert.is_true(list.queues[0].last > 0 and list.queues[1].last > 0)
  end)

  it("are the same from one of them on", function()
    local text = lines_of_text(10)
    local expected = all(text, {})
    local line, offset = expected[20]:match("(%d+):(%d+)")
    local found = all(text, { line = tonumber(line), offset = tonumber(offset) })
    assert.same(table.move(expected, 20, #expected, 1, {}), found)
    assert.same({ {}, nil }, { all("", {}), nil })
    assert.same({ "1:0" }, (all("no line end", {})))
  end)

  it("stop before a line that is too long, and where there is no file", function()
    local found, ended, of_file = all(lines_of_text(10 * MEGABYTE), { max_record = MEGABYTE })
    assert.is_false(ended)
    assert.is_true(#found > 2 and of_file.line <= 41 and of_file.line > 1)
    assert.is_true(of_file.offset > 0 and of_file.offset < 10 * MEGABYTE)
    os.remove(of_file.path)
    assert.is_false(cuts.new(of_file):next())
  end)
end)
