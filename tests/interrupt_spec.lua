--- What `pumice run` does when it is told to stop: by Ctrl-C, by a reader that
--- has seen enough.
local program = require "program"

local sh = program.sh

--- `count` documents of 100 bytes.
local function write_documents(count)
  local lines = {}
  for i = 1, count do lines[i] = ('{"id":%6d,"text":"%s"}\n'):format(i, ("x"):rep(76)) end
  return program.write("in.jsonl", table.concat(lines))
end

local function left_behind()
  return (sh(("ls -A %s | grep '^\\.' || true"):format(program.folder)))
end

describe("pumice run that is interrupted", function()
  before_each(program.new_folder)
  after_each(program.remove_folder)

  --- Sends a signal to a run of SLOW as soon as its output has a byte.
  local function interrupt(signal, command)
    return sh((([[($P run @/slow.lua @/in.jsonl -o @/out %s & p=$!; i=0
      until [ -s @/.out.part ] || [ $i -ge 1500 ]; do sleep 0.01; i=$((i + 1)); done
      kill -%s $p; wait $p)]]):format(command, signal):gsub("@", program.folder)))
  end

  for _, signal in ipairs { "INT", "TERM", "HUP" } do
    it("by SIG" .. signal .. " notes what is done, however long a commit is away", function()
      program.write("slow.lua", program.SLOW)
      local input = program.read(write_documents(20000))
      local _, said, status = interrupt(signal, "-j 2 --commit-every 1000")
      assert.equal(130, status, said)
      assert.matches("pumice run: interrupted\nwhat is done is kept: the same command with "
        .. "--resume goes on\n", said, 1, true)
      local _, more, resumed = sh(("$P run @/slow.lua @/in.jsonl -o @/out --resume")
        :gsub("@", program.folder))
      assert.equal(0, resumed, more)
      assert.is_true(program.read "out" == input)
      assert.equal("", left_behind())
    end)
  end

  it("before anything is done leaves nothing and says so", function()
    program.write("slow.lua", (program.SLOW:gsub("3000", "1e8")))
    write_documents(1)
    local _, said, status = sh(([[($P run @/slow.lua @/in.jsonl -o @/out & p=$!; i=0
      until [ -e @/.out.part ] || [ $i -ge 1500 ]; do sleep 0.01; i=$((i + 1)); done
      kill -INT $p; wait $p)]]):gsub("@", program.folder))
    assert.equal(130, status, said)
    assert.matches("nothing was noted yet, and nothing is left: run it again without --resume",
      said, 1, true)
    assert.equal("", left_behind())
  end)
end)

describe("pumice into a pipe whose reader has gone", function()
  before_each(program.new_folder)
  after_each(program.remove_folder)

  --- What is said, and the status of the first command of a pipe.
  local function status_of(command, recipe)
    program.write("recipe.lua", recipe or program.PASS)
    write_documents(20000)
    program.write("pipe.sh", ("P=%s; %s; echo ${PIPESTATUS[0]}"):format(program.path,
      command:gsub("@", program.folder)))
    local out, said = sh(("bash %s/pipe.sh"):format(program.folder))
    return said, out:match "(%d+)\n$"
  end

  local commands = {
    "$P run @/recipe.lua @/in.jsonl -q | head -n 1",
    "$P run @/recipe.lua @/in.jsonl -q -o /dev/stdout | head -n 1",
    "$P run @/recipe.lua @/in.jsonl -q -o - --rejects @/rejects | head -n 1",
    "$P run @/recipe.lua @/in.jsonl --try 20000 -q | head -n 1",
    [[$P -e "for i = 1, 1e6 do print(i) end" | head -n 1]],
  }
  for _, command in ipairs(commands) do
    it("dies of SIGPIPE, as others in the pipe do, and says nothing: " .. command, function()
      local said, status = status_of(command)
      assert.equal("141", status)
      assert.equal("", said)
      assert.equal("", left_behind())
      assert.is_nil(program.read "rejects")
    end)
  end

  it("keeps what was there when it is a side output that is not read", function()
    program.write("out", "before\n")
    local _, status = status_of("$P run @/recipe.lua @/in.jsonl -q -o @/out --dropped - | true",
      program.PASS:gsub("return doc end", "return nil, 'all' end"))
    assert.equal("141", status)
    assert.equal("before\n", program.read "out")
    assert.equal("", left_behind())
  end)
end)
