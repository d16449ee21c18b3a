--- `pumice run` with the arguments given, and then, on stderr, the CPU seconds of
--- the parent, those of its workers, and the seconds on the clock.
local clock = require("pumice.core").process.clock

local start = clock()
local status = require("pumice.cli.run").run(table.move(arg, 1, #arg, 1, {}))
local seconds = clock() - start

local function read(path)
  local file <close> = assert(io.open(path))
  return file:read("a")
end

--- Nanoseconds of this process, and hundredths of a second, user and system, of
--- those that have ended: fields 16 and 17.
local own = tonumber(read("/proc/self/schedstat"):match("%d+")) / 1e9
local fields, after_name = {}, read("/proc/self/stat"):match("%) (.*)")
for field in after_name:gmatch("%S+") do fields[#fields + 1] = field end
io.stderr:write(("%.3f %.2f %.3f\n"):format(own, (fields[14] + fields[15]) / 100, seconds))
os.exit(status)
