std = "lua54"
max_line_length = 100
max_string_line_length = false -- texts in recipes' examples
exclude_files = { "build" }
files["tests/**/*_spec.lua"] = { std = "+busted" }
files["tests/sandbox_spec.lua"] = { max_line_length = 120 }
files["scripts/**/*.lua"] = { read_globals = { "pumice" } }
files["examples/**/*.lua"] = { max_line_length = 110 }
