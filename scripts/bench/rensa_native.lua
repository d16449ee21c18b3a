--- rensa without Python: rensa_pairs.rs with its source out of Python's index, which
--- is not to be had as a crate. It wants a cargo newer than Debian 12's.
local peers = require "python_peers"

local FOLDER, VERSION = "build/bench/rensa_native/", "0.5.0"
local PROGRAM = FOLDER .. "target/release/rensa_pairs"

local MANIFEST = ([=[
[package]
name = "rensa_pairs"
version = "0.0.0"
edition = "2021"
[[bin]]
name = "rensa_pairs"
path = "../../../scripts/bench/rensa_pairs.rs"
[dependencies]
rensa = { path = "rensa-%s" }
serde_json = "1"
libc = "0.2"
[profile.release]
lto = "fat"
codegen-units = 1
panic = "abort"
[workspace]
]=]):format(VERSION)

local function build()
  os.execute("mkdir -p " .. FOLDER)
  do
    local file <close> = assert(io.open(FOLDER .. "Cargo.toml", "w"))
    assert(file:write(MANIFEST))
  end
  return peers.download("rensa==" .. VERSION, FOLDER)
    and os.execute(("tar -C %s -xzf %srensa-%s.tar.gz"):format(FOLDER, FOLDER, VERSION))
    and os.execute(("cargo build --release --quiet --manifest-path %sCargo.toml >&2")
      :format(FOLDER))
end

--- Megabytes of text a second from JSON lines to verified pairs, the best of two, or
--- nil where it cannot be built.
---@param path string
---@return number?
return function(path)
  if not os.execute("test -x " .. PROGRAM) and not build() then
    io.stderr:write("skipped: rensa driven natively, there is no cargo that builds it\n")
    return nil
  end
  local best = 0
  for _ = 1, 2 do
    local pipe <close> = assert(io.popen(("%s %s"):format(PROGRAM, path)))
    local seconds, bytes = pipe:read("a"):match("(%S+) (%d+)")
    best = math.max(best, bytes / 1e6 / tonumber(seconds))
  end
  return best
end
