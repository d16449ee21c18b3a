--- Recipes that mean harm, or only never end: the run goes on, the documents
--- after them are processed, and nothing outside is read or written.
local json = require "pumice.json"

local PROGRAM = (os.getenv("BUILD") or "build") .. "/pumice"

--- Each is the body of a function. `OUT` is a file that must not come to be,
--- `SECRET` one that must not be read; what an attack returns ends up in the
--- output, where nothing of the secret may stand.
local ATTACKS = {
  -- without end
  "while true do end",
  "local function f() return f() end return f()",
  "local co = coroutine.wrap(function() while true do end end) co()",
  "for _ in function() return 1 end do end",
  "repeat local t = setmetatable({}, { __index = function(t, k) return t[k .. 'x'] end }) until t.y",
  "return ('x'):rep(1e15)",
  "return (''):rep(1e15)",
  "return string.rep('', math.maxinteger)",
  "return table.move({}, 1, math.maxinteger - 1, 2)",
  "return table.concat(setmetatable({}, { __len = function() return 2^40 // 1 end, "
    .. "__index = function() return 'x' end }))",
  "table.insert(setmetatable({}, { __len = function() return 2^40 // 1 end }), 1, 1)",
  "table.remove(setmetatable({}, { __len = function() return 2^40 // 1 end }), 1)",
  "return table.unpack({}, 1, 1e9)",
  "table.sort(setmetatable({}, { __len = function() return 2^30 // 1 end, "
    .. "__index = function() return 1 end }))",
  "return ('a?'):rep(28) .. ('a'):rep(28), ('a'):rep(28):find(('a?'):rep(28) .. ('a'):rep(28) .. 'b')",
  "return ('x'):rep(20000):find('.-.-.-.-b')",
  "return ('a'):rep(1e5):find(('.-'):rep(20) .. 'b')",
  "return pumice.regex.match(('a'):rep(60), '(a+)+$b')",
  "local t = {} while true do t[#t + 1] = pumice.token.words('a b c') end",
  -- without bounds
  "local s = 'x' while true do s = s .. s end",
  "local t = {} while true do t = { t } end",
  "local t = {} for i = 1, math.huge do t[i] = ('x'):rep(1000) .. i end",
  "local function f(n) return 1 + f(n + 1) end return f(1)",
  "return (('('):rep(1e5)):find(('('):rep(1e5))",
  "return ('x'):rep(2^31 // 1)",
  "return string.format('%99.99f', 1e300):rep(1e7)",
  "local t = setmetatable({}, {}) for i = 1, 1e5 do t = setmetatable({}, { __index = t }) end return t.x",
  "return tostring(setmetatable({}, { __tostring = function(s) return tostring(s) end }))",
  "error(setmetatable({}, { __tostring = error }))",
  "error(nil)",
  "error({})",
  "coroutine.wrap(function() error('in a coroutine') end)()",
  "doc.text = doc return doc",
  "doc.text = function() end",
  "doc.text = '\\xFF'",
  "local t = {} t.t = t doc.text = t",
  "return setmetatable({}, { __index = error, __pairs = error })",
  -- out of the box
  "return io.open(SECRET):read('a')",
  "return os.execute('touch ' .. OUT)",
  "return os.getenv('HOME')",
  "return require('io').open(SECRET):read('a')",
  "return require('os').execute('touch ' .. OUT)",
  "return require('pumice.core').input.range(SECRET, 0, 6)",
  "return require('pumice.engine.source')",
  "return package.loadlib('libc.so.6', 'system')",
  "return debug.getregistry()",
  "return load('return io')().open(SECRET):read('a')",
  "return loadfile(SECRET)",
  "return dofile(SECRET)",
  "return ('').dump(function() end)",
  "return string.dump(function() end)",
  "return getmetatable('').__index.dump(function() end)",
  "getmetatable('').__index = { rep = error }",
  "return collectgarbage('count')",
  "return setmetatable({}, { __gc = function() while true do end end })",
  "return rawset(string, 'rep', error)",
  "return coroutine.close(coroutine.create(error))",
  "pumice.json.encode = function() return 'broken' end",
  "pumice.token = nil",
  "return getmetatable(pumice.json).__index",
  "for name, value in pairs(pumice.text) do pumice.text[name] = error end",
  "_G.string.rep = error return ('x'):rep(2)",
  "string.format = error",
  "table.insert = error",
  "_G = nil _ENV = nil",
  "math.random()",
  "return _ENV.io, _G.io, _G._G.os",
}

local folder

local function write(name, bytes)
  local path = folder .. "/" .. name
  local file <close> = assert(io.open(path, "wb"))
  assert(file:write(bytes))
  return path
end

local function read(path)
  local file <close> = io.open(path, "rb")
  return file and file:read("a")
end

--- One recipe with all attacks: a document with an odd id does the attack of
--- that number, one with an even id is what comes after.
local function recipe(how)
  local functions = {}
  for i, attack in ipairs(ATTACKS) do
    functions[i] = ("function(doc) %s end"):format(attack)
  end
  return write(how .. ".lua", ([[
    local pumice = require "pumice"
    local SECRET, OUT = %q, %q
    local attacks = { %s }
    return pumice.recipe {
      summary = "attacks",
      stages = function()
        return { function(doc)
          local attack = attacks[(doc.id + 1) / 2]
          if not attack then return doc end
          local result
          %s
          if result ~= nil then doc.result = tostring(result) end
          return doc
        end }
      end,
    }]]):format(folder .. "/secret", folder .. "/out", table.concat(functions, ",\n"),
    how == "caught" and "for _ = 1, 3 do local ok ok, result = pcall(attack, doc) end"
      or "result = attack(doc)"))
end

describe("the sandbox", function()
  setup(function()
    local pipe <close> = assert(io.popen("mktemp -d"))
    folder = pipe:read("l")
    write("secret", "s3cr3t of the house")
  end)
  teardown(function() os.execute("rm -rf " .. folder) end)

  for _, how in ipairs { "bare", "caught" } do
    it(("survives %d attacks, %s"):format(#ATTACKS, how), function()
      local lines = {}
      for i = 1, 2 * #ATTACKS do lines[i] = ('{"id":%d}\n'):format(i) end
      local input = write("in.jsonl", table.concat(lines))
      local command = ("%s run %s %s -o %s/kept --rejects %s/rejects --timeout 1 "
        .. "--memory 100000000 -j 2 -q 2>%s/stderr"):format(PROGRAM, recipe(how), input, folder,
        folder, folder)
      local _, _, status = os.execute(command)
      assert.is_true(status == 0 or status == 1, read(folder .. "/stderr"))
      local count, even = 0, 0
      for _, name in ipairs { "kept", "rejects" } do
        for line in read(folder .. "/" .. name):gmatch("[^\n]+") do
          local doc = assert(json.record(line))
          count = count + 1
          if name == "kept" and doc.id % 2 == 0 then even = even + 1 end
          assert.is_nil(tostring(doc.result):find("s3cr3t", 1, true), line)
        end
      end
      assert.equal(2 * #ATTACKS, count)
      assert.equal(#ATTACKS, even)
      assert.is_nil(read(folder .. "/out"))
    end)
  end

  it("is not there for a recipe that is trusted", function()
    local path = write("trusted.lua", ([[return require("pumice").recipe {
      summary = "reads a file", stages = function() return { function(doc)
        doc.secret = io.open(%q):read("a") return doc end } end }]]):format(folder .. "/secret"))
    local input = write("in.jsonl", '{"id":1}\n')
    local pipe <close> = assert(io.popen(("%s run %s %s --trust -q"):format(PROGRAM, path, input)))
    assert.matches("s3cr3t", pipe:read("a"))
  end)
end)
