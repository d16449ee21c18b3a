--- The peers of token and text that are libraries of C: see text_peers.cc.
local M = {}

local PROGRAM = "build/bench/text_peers"

--- Compiles the program.
function M.build()
  assert(os.execute("g++ -O2 -o " .. PROGRAM .. " scripts/bench/text_peers.cc"
    .. " $(pkg-config --cflags --libs icu-uc libutf8proc) -lunistring"))
end

--- Returns a function that does one pass of the task over a file and returns
--- its CPU seconds.
---@param task string
---@param path string
---@return fun(): number
function M.task(task, path)
  return function()
    local pipe <close> = assert(io.popen(("%s %s %s"):format(PROGRAM, task, path)))
    return tonumber(pipe:read("a"):match("%S+"))
  end
end

return M
