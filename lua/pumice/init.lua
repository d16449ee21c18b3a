--- pumice: a Lua-scriptable text-processing toolkit.
---
--- `require "pumice"` gives the modules below, each loaded when first used.
local modules = {
  "align", "clean", "dedup", "extract", "index", "json", "language", "options", "read", "recipe",
  "regex", "shingle", "spans", "text", "token", "write",
}

local known = {}
for _, name in ipairs(modules) do known[name] = true end

--- `pumice.modules` lists their names.
local M = { version = "0.1.0", modules = modules }

--- The three barriers stand beside the modules.
local barriers = { fold = true, group = true, cluster = true }

return setmetatable(M, {
  __index = function(_, name)
    if barriers[name] then return require("pumice.barrier")[name] end
    if not known[name] then return nil end
    local module = require("pumice." .. name)
    rawset(M, name, module)
    return module
  end,
})
