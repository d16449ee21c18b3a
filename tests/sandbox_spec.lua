--- Recipes that mean harm, or only never end: the run goes on, the documents
--- after them are processed, and nothing outside is read or written.
local json = require "pumice.json"
local program = require "program"

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
  "return require('pumice.core').ranges.read(SECRET, 0, 6)",
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
  -- without end, by other ways
  "while true do pcall(function() while true do end end) end",
  "while true do pcall(coroutine.wrap(function() while true do end end)) end",
  "return ('a-b'):rep(3e5):gsub('a-b-c-', '')",
  "return (('a'):rep(1e6)):gsub('a-b', '')",
  "return ('x'):rep(1e4):gsub('.', function() return ('y'):rep(1e6) end)",
  "for w in ('a'):rep(3e4):gmatch('(.-)-b') do doc.w = w end",
  "local x <close> = setmetatable({}, { __close = function() while true do end end })",
  "for _ in next, setmetatable({}, { __index = error }) do end while true do end",
  "return setmetatable({}, { __eq = function() while true do end end }) == setmetatable({}, "
    .. "{ __eq = function() while true do end end })",
  "return #setmetatable({}, { __len = function() while true do end end })",
  "return setmetatable({}, { __concat = function() while true do end end }) .. ''",
  "xpcall(error, function() while true do end end)",
  "xpcall(error, function() error() end)",
  "table.sort({ 3, 1, 2, 5, 4, 9, 8 }, function() while true do end end)",
  "return pumice.regex.gsub(('a'):rep(100), 'a', function() while true do end end)",
  "return pumice.json.encode(setmetatable({}, { __pairs = function() while true do end end }))",
  "return select('#', table.unpack({}, 1, 1e7))",
  "return utf8.char(table.unpack({}, 1, 1e6))",
  "for i = 1, math.huge do coroutine.wrap(function() coroutine.yield() end)() end",
  "goto on ::on:: goto on",
  "repeat until false",
  -- without bounds, by other ways
  "local function f(s) return (s:gsub('.', f)) end return f('x')",
  "local f f = coroutine.wrap(function() return coroutine.wrap(f)() end) return f()",
  "local function f() return coroutine.wrap(f)() end return f()",
  "local t = {} for i = 1, 1e5 do t[i] = '%99.99f' end return string.format(table.concat(t), 1)",
  "local t = {} for i = 1, 200 do t[i] = '%99.99f' end "
    .. "return string.format(table.concat(t), table.unpack((function() local n = {} "
    .. "for i = 1, 200 do n[i] = 1e308 end return n end)())):rep(1e6)",
  "local s = ('x'):rep(1e6) local t = {} for i = 1, 1e6 do t[i] = s end return table.concat(t)",
  "return table.concat({ ('x'):rep(1e7) }, ('y'):rep(1e8))",
  "local t = setmetatable({}, {}) getmetatable(t).__index = t return t.x",
  "local t = {} for i = 1, 300 do t = { t } end doc.text = t",
  "local t = {} for i = 1, 1e5 do t = { t } end doc.text = t",
  "local t = {} for i = 1, 1e7 do t[i] = {} end",
  "doc.text = ('x'):rep(9e7)",
  "doc[('x'):rep(5e7)] = 1",
  "for i = 1, 1e7 do doc['f' .. i] = i end",
  "doc.n = 0 / 0",
  "doc.n = math.huge",
  "doc[1] = 2 doc[{}] = 3",
  "doc[0 / 0] = 1",
  "return pumice.token.ngrams(('a '):rep(1e6), 1e6)",
  "return pumice.json.decode(('['):rep(1e6))",
  "return pumice.regex.new(('('):rep(1e5))",
  "return pumice.regex.new(('a{1,1000}'):rep(100))",
  "return pumice.regex.find(('a'):rep(1e5), '(?:a|a)*b')",
  "return pumice.regex.find(('a'):rep(1e5), '(?R)a')",
  "error(('x'):rep(5e7))",
  "error(doc)",
  "error(setmetatable({}, { __name = ('x'):rep(1e7) }))",
  "error(coroutine.create(error))",
  "error(setmetatable({}, { __index = function() error('again') end }))",
  "error({ code = 'memory', reason = {} })",
  "return nil, setmetatable({}, { __tostring = function() return 7 end })",
  "return nil, 'reason', setmetatable({}, { __pairs = error, __index = error })",
  "return coroutine.wrap(function() return doc end)",
  "coroutine.yield(doc)",
  "error('\\xFF')",
  "return nil, '\\xFF'",
  "return nil, 'reason', { '\\xFF', ['\\xFF'] = 1, x = '\\xFF', f = error, t = { error } }",
  "return string.char(('1e309'):rep(2):byte(1, -1))",
  "return ('%s'):format(setmetatable({}, { __tostring = function() error({}) end }))",
  "return ('x'):find('%f[')",
  "return ('x'):find(('%'):rep(1e5))",
  "return ('x'):unpack('s8')",
  "return string.unpack('s8', ('\\xFF'):rep(8))",
  "return string.pack('!16i16' .. ('Xi16'):rep(1e5), 1)",
  "return string.packsize(('s1'):rep(10))",
  -- out of the box, by other ways
  "for name, f in pairs(pumice.dedup) do if name == 'decontaminate' then "
    .. "return f({ tests = SECRET }) end end",
  "for name, f in pairs(pumice.dedup) do if name == 'against' then "
    .. "return f({ index = OUT, tests = SECRET }) end end",
  "for name, f in pairs(pumice.index) do if name == 'open' then return f(OUT) end end",
  "for name, v in pairs(pumice.token) do if name == 'bpe' then return v.open(SECRET) end end",
  "return pumice.index.open(OUT)",
  "return pumice.dedup.decontaminate({ tests = SECRET })",
  "return pumice.dedup.against({ index = OUT })",
  "return pumice.dedup.decontaminate(setmetatable({}, { __index = { tests = SECRET } }))",
  "return pumice.token.bpe.open(SECRET)",
  "pumice.options.any.__index = error",
  "setmetatable(pumice.options.any, { __eq = function() return true end })",
  "return pumice.read.each(SECRET)",
  "return pumice.write.to(OUT)",
  "return require('pumice.read')",
  "return require('pumice.core.input')",
  "return require('pumice..core')",
  "return require('../../secret')",
  "return require(setmetatable({}, { __tostring = function() return 'io' end }))",
  "return rawget(_G, 'io') or rawset",
  "return getmetatable(coroutine.create(error))",
  "return getmetatable(pumice.regex.new('a')), getmetatable(pumice.token.words('a'))",
  "return getmetatable(doc)",
  "local mt = {} setmetatable({}, mt) mt.__gc = function() while true do end end mt = nil",
  "setmetatable(_G, { __index = function(_, name) return name end }) return io.open",
  "setmetatable(_ENV, { __newindex = error }) x = 1",
  "string = nil table = nil pairs = nil",
  "print(('x'):rep(100))",
  "print(setmetatable({}, { __tostring = function() while true do end end }))",
  -- every table and name that can be reached: nothing that opens, runs or loads
  "local names = { io = 1, os = 1, debug = 1, package = 1, load = 1, loadfile = 1, dofile = 1, "
    .. "loadstring = 1, loadlib = 1, popen = 1, execute = 1, getregistry = 1, dump = 1, "
    .. "rawset = 1, rawget = 1, collectgarbage = 1, core = 1, ['pumice.core'] = 1, __gc = 1 } "
    .. "local seen = {} local function walk(value, path) "
    .. "if type(value) ~= 'table' or seen[value] then return end seen[value] = true "
    .. "local meta = getmetatable(value) if meta then walk(meta, path .. '<meta>') end "
    .. "for _, each in ipairs({ pairs, function(t) return next, t end }) do "
    .. "for name, inner in each(value) do if names[name] then "
    .. "error('s3cr3t reached: ' .. path .. '.' .. name) end "
    .. "walk(inner, path .. '.' .. tostring(name)) end end end "
    .. "walk(_ENV, '_ENV') for _, name in ipairs({ 'align', 'clean', 'dedup', 'extract', 'index', "
    .. "'json', 'options', 'regex', 'shingle', 'stage', 'text', 'token' }) do "
    .. "walk(pumice[name], name) end",
}

local folder
local write, read = program.write, program.read

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
    program.new_folder()
    folder = program.folder
    write("secret", "s3cr3t of the house")
  end)
  teardown(program.remove_folder)

  for _, how in ipairs { "bare", "caught" } do
    it(("survives %d attacks, %s"):format(#ATTACKS, how), function()
      local lines = {}
      for i = 1, 2 * #ATTACKS do lines[i] = ('{"id":%d}\n'):format(i) end
      local input = write("in.jsonl", table.concat(lines))
      local _, said, status = program.sh(("$P run %s %s -o %s/kept --rejects %s/rejects "
        .. "--timeout 0.5 --memory 100000000 -j 2 -q"):format(recipe(how), input, folder, folder))
      assert.is_true(status == 0 or status == 1, said)
      local count, even = 0, 0
      for _, name in ipairs { "kept", "rejects" } do
        for line in read(folder .. "/" .. name):gmatch("[^\n]+") do
          local doc = assert(json.record(line))
          count = count + 1
          if name == "kept" and doc.id % 2 == 0 then even = even + 1 end
          assert.is_nil(tostring(doc.result):find("s3cr3t", 1, true), line)
          assert.is_nil(tostring(doc.reason):find("s3cr3t", 1, true), line)
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
    assert.matches("s3cr3t", (program.sh(("$P run %s %s --trust -q"):format(path, input))))
  end)
end)

describe("a recipe that is loaded", function()
  before_each(program.new_folder)
  after_each(program.remove_folder)

  local NEVER_ENDS = "setmetatable({}, { __index = function() while true do end end })"

  local ends = {
    -- the file, what is said
    { "return ('x'):rep(1e15, '')", "recipe.lua: it takes more than 1000000000 instructions" },
    { "return ('a'):rep(28):find(('a?'):rep(28) .. ('a'):rep(28) .. 'b')", "instructions" },
    { "return ('x'):rep(2^32 // 1)", "instructions" },
    { "local s = 'x' while true do s = s .. s end",
      "it takes more than 1073741824 bytes" },
    { "return " .. NEVER_ENDS, "returns a table; a recipe file returns" },
    { [[return pumice.recipe { summary = "x", stages = function() return ('x'):rep(1e15, '') end }]],
      "recipe.lua: stages: it takes more than" },
    { [[return pumice.recipe { summary = "x", stages = function() return { ]] .. NEVER_ENDS
      .. " } end }", "stage 1 is a table with a metatable" },
    { [[return pumice.recipe { summary = "x", stages = function() end }]],
      "recipe.lua: stages gives a nil" },
    { [[return pumice.recipe { summary = "x", stages = function() error({}) end }]],
      "recipe.lua: stages: an error that is a table" },
    { [[return pumice.recipe { summary = "x" }]], "recipe.lua: a recipe needs stages" },
  }
  for _, case in ipairs(ends) do
    local source, expected = table.unpack(case)
    it("is held to limits: " .. source, function()
      local path = program.write("recipe.lua", source)
      local input = program.write("in.jsonl", '{"id":"1"}')
      local _, said, status = program.sh(("timeout 60 $P run %s %s"):format(path, input))
      assert.equal(2, status, said)
      assert.matches(expected, said, 1, true)
    end)
  end
end)

describe("math.random in a recipe", function()
  before_each(program.new_folder)
  after_each(program.remove_folder)

  local RECIPE = [[return pumice.recipe { summary = "x", stages = function() return {
    function(doc) if math.random() < 0.5 then return nil, "left out" end return doc end,
    pumice.group { key = function(doc) return doc.id % 7 end,
      each = function(docs) for _, doc in ipairs(docs) do doc.g = math.random(1000) end
        return docs end },
    function(doc)
      doc.n = math.random(1000000)
      math.randomseed(7)
      doc.seven = math.random(1000000)
      math.randomseed()
      doc.again = math.random() == math.random()
      return doc
    end } end }]]

  it("gives a document the same numbers in every worker and run", function()
    local path, lines = program.write("recipe.lua", RECIPE), {}
    for i = 1, 20000 do lines[i] = ('{"id":%d,"text":"%s"}'):format(i, ("x"):rep(100)) end
    local input = program.write("in.jsonl", table.concat(lines, "\n"))
    local outputs = {}
    for _, jobs in ipairs { 1, 1, 3 } do
      outputs[#outputs + 1] = program.sh(("$P run %s %s -q -j %d"):format(path, input, jobs))
    end
    assert.is_true(outputs[1] == outputs[2] and outputs[1] == outputs[3])
    local docs = program.records(outputs[1])
    assert.is_true(#docs > 9500 and #docs < 10500)
    assert.equal(docs[1].seven, docs[2].seven)
    assert.not_equal(docs[1].n, docs[2].n)
  end)
end)
