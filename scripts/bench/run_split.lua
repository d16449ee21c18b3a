--- `pumice run` with the arguments given, and then, on stderr, the CPU seconds of
--- the parent, those of its workers, and the seconds on the clock.
local clock = require("pumice.core").process.clock

local start = clock()
local status = require("pumice.cli.run").run(table.move(arg, 1, #arg, 1, {}))
local seconds = clock() - start

--- Times in hundredths of a second, user and system: fields 14 to 17.
local file <close> = assert(io.open("/proc/self/stat"))
local fields = {}
for field in file:read("a"):match("%) (.*)"):gmatch("%S+") do fields[#fields + 1] = field end
io.stderr:write(("%.2f %.2f %.3f\n"):format((fields[12] + fields[13]) / 100,
  (fields[14] + fields[15]) / 100, seconds))
os.exit(status)
