local core = require "pumice.core"
local orders = require "pumice.engine.orders"
local program = require "program"
local single = require "pumice.engine.single"

--- Bytes of a slot: a region that is moved has 64 KiB at least.
local RING = 1024 * 1024

describe("orders", function()
  local arena, target, sent, list
  before_each(function()
    program.new_folder()
    arena = assert(core.arena.create(2, RING))
    sent = {}
    list = orders.new(2, function(slot, frame) sent[#sent + 1] = { slot, frame } end)
  end)
  after_each(program.remove_folder)

  local function open(name)
    target = assert(single.open(program.folder .. "/" .. name))
    target:share(list)
  end

  local function put(slot, text)
    local address, size = arena:put(slot, { text }, "")
    return address and assert(arena:region(address, size))
  end

  --- What the worker of a slot does with a frame it was sent.
  local function obey(number)
    local slot, frame = table.unpack(sent[number])
    local result = orders.obey(frame, arena, function(strings)
      return put(slot, strings[1]) or strings[1]
    end)
    return list:heard(slot, result)
  end

  local function whole(name, unpack_with)
    assert(list:settle())
    assert(target:finish())
    assert(target:commit())
    local pipe <close> = assert(io.popen(("%s %s/%s"):format(unpack_with or "cat", program.folder,
      name)))
    return pipe:read("a")
  end

  local one, two, three = ("1"):rep(70000), ("2"):rep(80000), ("3"):rep(90000)

  it("are done by the workers, in any sequence", function()
    open "out"
    assert(target:write(put(0, one)))
    assert(target:write(put(1, two)))
    assert(target:write("between"))
    assert(target:write(put(0, three)))
    assert.same({ 0, 1, 0 }, { sent[1][1], sent[2][1], sent[3][1] })
    for _, number in ipairs { 2, 1, 3 } do assert.is_true(obey(number)) end
    assert.is_true(one .. two .. "between" .. three == whole "out")
  end)

  it("are done here where a worker cannot, or has not yet, or has ended", function()
    open "out"
    for slot, text in pairs { [0] = one, [1] = two } do assert(target:write(put(slot, text))) end
    assert(target:write(put(1, three)))
    assert.is_true(list:heard(sent[1][1], false))
    assert.is_true(list:lost(1 - sent[1][1]))
    assert(target:write(put(1, one)))
    local all = whole "out"
    assert.equal(2 * #one + #two + #three, #all)
    assert.is_true(all:find(one, 1, true) and all:sub(-#one) == one)
  end)

  it("free the room once, and a worker that is late leaves it alone", function()
    open "out"
    local large = ("a"):rep(RING - 100)
    assert(target:write(put(0, large)))
    assert.is_nil((put(0, large)))
    assert(list:settle())
    local other = assert(put(0, ("b"):rep(RING - 100)))
    assert.is_true(obey(1))
    assert.equal("b", other:sub(1, 1))
    assert.is_true(large == whole "out")
  end)

  for name, unpack_with in pairs { ["out.gz"] = "gzip -dc", ["out.zst"] = "zstd -dqc" } do
    it("pack frames, written in their order: " .. name, function()
      open(name)
      local expected = {}
      for i = 1, 60 do
        local text = ("%d "):format(i):rep(20000)
        expected[i] = text
        assert(target:write(i % 3 > 0 and put(i % 2, text) or text))
        if i % 20 == 0 then
          local function obey_all(slot)
            for number, order in ipairs(sent) do
              if order[1] == slot then assert(obey(number)) end
            end
          end
          obey_all(1)
          if i == 40 then assert(list:settle()) end -- the other one answers too late
          obey_all(0)
          sent = {}
        end
      end
      assert.is_true(table.concat(expected) == whole(name, unpack_with))
    end)
  end

  it("say why the disk failed", function()
    target = assert(single.open("/dev/full"))
    target:share(list)
    local ok, message = target:write(put(0, ("x"):rep(500000)))
    assert.is_nil(ok)
    assert.matches("/dev/full: No space left", message)
  end)

  it("hold regions, which are there as long as the arena is", function()
    local region = put(0, "text")
    assert.equal("text", tostring(region))
    assert.equal("ex", region:sub(2, 3))
    assert.equal(4, #region)
    region:free()
    region:free()
    assert.error_matches(function() return tostring(region) end, "region was freed")
    region = put(0, "text")
    arena:close()
    region:free()
    assert.error_matches(function() return tostring(region) end, "region was freed")
  end)
end)
