--- The recipe `news` on the sample pages: the same bytes however it is run.
local files = require "files"
local program = require "program"

local run = files.output

describe("pumice run news", function()
  local news = program.path .. " run news examples/data/news -q"
  local whole = run(news .. " --jobs 1")

  it("keeps one page of each story", function()
    assert.equal(25, select(2, whole:gsub("\n", "")))
  end)

  for _, jobs in ipairs { 2, 5 } do
    it(("gives the same bytes with %d workers"):format(jobs), function()
      assert.is_true(whole == run(("%s --jobs %d"):format(news, jobs)))
    end)
  end

  for _, delay in ipairs { 0.02, 0.05, 0.1 } do
    it(("gives the same bytes when a worker is killed after %g s"):format(delay), function()
      local killed = run(([[%s --jobs 2 & run=$!
        sleep %g; pkill -9 -P $run -o; wait $run]]):format(news, delay))
      assert.is_true(whole == killed)
    end)
  end

  it("gives the same bytes in another locale and order of environment", function()
    assert.is_true(whole == run("LC_ALL=POSIX TZ=Asia/Tokyo " .. news .. " --jobs 2"))
  end)
end)
