rockspec_format = "3.0"
package = "pumice"
version = "scm-1"
-- There is no public host yet. `luarocks make` in a checkout reads nothing of it.
source = { url = "git+https://example.org/pumice.git" }
description = {
  summary = "A Lua-scriptable text-processing toolkit",
  detailed = [[
    Fast tokenizing, shingling and regex primitives in C, composed in Lua into
    cleaning, dedup and extraction over text corpora. This rock is the module;
    the executable `pumice` is built by `make`.
  ]],
  license = "MIT",
}
supported_platforms = { "linux" }
dependencies = { "lua >= 5.4, < 5.5", "argparse >= 0.7" }
build = {
  type = "make",
  build_target = "build/lib/pumice/core.so",
  install_target = "install-module",
  install_variables = {
    LUADIR = "$(LUADIR)",
    LIBDIR = "$(LIBDIR)",
  },
}
