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

--- Returns what gives the megabytes of text a second from JSON lines to verified
--- pairs, or nil where it cannot be built.
---@param path string
---@return fun(): number?
return function(path)
  local works = os.execute("test -x " .. PROGRAM) or build()
  if not works then
    io.stderr:write("skipped: rensa driven natively, there is no cargo that builds it\n")
  end
  return function()
    if not works then return nil end
    local pipe <close> = assert(io.popen(("%s %s"):format(PROGRAM, path)))
    local seconds, bytes = pipe:read("a"):match("(%S+) (%d+)")
    return bytes / 1e6 / tonumber(seconds)
  end
end
