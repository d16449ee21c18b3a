--- Holds every way to find words (AVX-512, AVX2, portable, plain) against each
--- other over 100 MB of made text and 130 MB of documentation, in the scripts of
--- English and of ten more languages. Takes minutes; `make test` does a part.
---
---   make ctest && build/pumice scripts/word_paths.lua
package.path = "scripts/?.lua;scripts/bench/?.lua;" .. package.path
local corpus = require "corpus"
local debian = require "debian"

local khmer = "build/bench/khmer.txt"
local files = { (corpus.english()), (corpus.mixed()), khmer }
local file <close> = assert(io.open(khmer, "wb"))
assert(file:write(table.concat(debian.texts("libreoffice-help-km", ".html"), "\n\n")))
file:close()
os.exit((os.execute("build/tests/words_test 100 " .. table.concat(files, " "))))
