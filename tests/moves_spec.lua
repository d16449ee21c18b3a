local core = require "pumice.core"
local moves = require "pumice.engine.moves"
local program = require "program"

describe("moves", function()
  local arena, file, sent, list
  before_each(function()
    program.new_folder()
    arena = assert(core.arena.create(2, 4096))
    file = assert(core.output.open(program.folder .. "/out"))
    sent = {}
    list = moves.new(function(slot, frame) sent[#sent + 1] = { slot, frame } end)
  end)
  after_each(program.remove_folder)

  local function region(slot, text)
    return assert(arena:region(assert(arena:put(slot, { text }, "\n"))))
  end

  local function add(slot, text)
    assert(list:add(region(slot, text), { file = file, movable = file:open_to_others() }))
  end

  --- What a worker does with the frame it was sent.
  local function do_move(number)
    local slot, frame = table.unpack(sent[number])
    local there = arena:region(frame.address, frame.size)
    return list:heard(slot, there and core.output.place(frame.part, frame.offset, there) or false)
  end

  local function whole()
    assert(list:settle())
    assert(file:commit())
    return program.read "out"
  end

  it("are done by the workers, each its own, in any order", function()
    add(0, "one")
    add(1, "two")
    add(0, "three")
    for _, number in ipairs { 2, 1, 3 } do assert.is_true(do_move(number)) end
    assert.equal("one\ntwo\nthree\n", whole())
  end)

  it("are done here where a worker cannot, or has not yet, or has ended", function()
    assert(file:write("zero\n"))
    add(0, "one")
    add(1, "two")
    add(1, "three")
    assert.is_true(list:heard(0, false))
    assert.is_true(do_move(2))
    assert.is_true(list:lost(1))
    add(1, "four")
    assert.equal("zero\none\ntwo\nthree\nfour\n", whole())
  end)

  it("free the room once, and a worker that is late leaves it alone", function()
    add(0, ("a"):rep(3000))
    assert.is_nil(arena:put(0, { ("b"):rep(3000) }, "\n"))
    assert(list:settle())
    assert(arena:put(0, { ("b"):rep(3000) }, "\n"))
    assert.is_true(do_move(1))
    assert.equal(("a"):rep(3000) .. "\n", whole())
  end)

  it("take regions of an arena only while it has them", function()
    local one = region(0, "one")
    assert.equal("one\n", tostring(one))
    assert.equal(4, #one)
    one:free()
    one:free()
    assert.error_matches(function() return tostring(one) end, "region was freed")
    one = region(0, "two")
    arena:close()
    one:free()
    assert.error_matches(function() return tostring(one) end, "region was freed")
  end)
end)
