--- text.normalize and text.fold against utf8proc and ICU4C's interface to
--- UTF-8, over documents of 64 kB.
local corpus = require "corpus"
local figures = require "figures"
local peers = require "peers"
local text = require "pumice.text"
local timing = require "timing"

local FORMS = {
  { name = "NFC", task = "nfc", run = text.normalize },
  { name = "NFKC_Casefold", task = "fold", run = text.fold },
}

local TARGETS = {
  English = { nfc = { utf8proc = 50, icu = 3 }, fold = { utf8proc = 50 } },
  ["nine languages"] = { nfc = { utf8proc = 10 }, fold = { utf8proc = 10 } },
}

local function measure(name, path, whole, rows)
  local documents = corpus.documents(whole)
  for _, form in ipairs(FORMS) do
    local best = timing.functions {
      ours = function()
        for _, doc in ipairs(documents) do form.run(doc) end
      end,
      utf8proc = peers.task("utf8proc-" .. form.task, path),
      icu = peers.task("icu-" .. form.task, path),
    }
    local megabytes = #whole / 1e6
    for _, peer in ipairs { "utf8proc", "icu" } do
      rows[#rows + 1] = figures.figure { name = ("%s, %s"):format(form.name, name),
        value = megabytes / best.ours, unit = "MB/s",
        peer = peer == "icu" and "ICU4C, UTF-8" or peer, peer_value = megabytes / best[peer],
        at_least = TARGETS[name][form.task][peer] }
    end
  end
end

return function()
  peers.build()
  return corpus.each_text(measure)
end
