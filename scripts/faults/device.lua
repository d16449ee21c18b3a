--- The device that is always full, as each output and as standard output:
--- status 3, and the message names it.
local world = require "world"

return function()
  local corpus = world.corpus(400)
  local out = world.fresh("device")
  local command = corpus.command(out, 2)
  local function to(option, file)
    return (command:gsub(option .. " %S+", option .. " " .. file))
  end
  local cases = {
    { to("-o", "/dev/full"), "/dev/full" },
    { to("--dropped", "/dev/full"), "/dev/full" },
    { to("--rejects", "/dev/full"), "/dev/full" },
    { to("-o", "-") .. " 2>&1 >/dev/full", "standard output" },
    { world.program .. " help 2>&1 >/dev/full", "standard output" },
    { world.program .. " recipes 2>&1 >/dev/full", "standard output" },
    { world.program .. " -e 'print(1)' 2>&1 >/dev/full", "standard output" },
    { world.program .. " -e 'for i = 1, 1e6 do print(i) end' 2>&1 >/dev/full", "standard output" },
  }
  local wrong = 0
  for _, case in ipairs(cases) do
    local said, status = world.sh("(" .. case[1] .. ")")
    if status ~= 3 or not said:find(case[2], 1, true) then
      wrong = wrong + 1
      io.stderr:write(case[1], "\n  status ", status, ": ", said, "\n")
    end
  end
  print(("always full device: %d outputs, %d wrong"):format(#cases, wrong))
  return wrong
end
