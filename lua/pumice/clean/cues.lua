--- The cue lexicon: all languages in one, since pages mix them.
local core = require "pumice.core"

local M = {}

--- The classes of phrases and what each counts for.
M.classes = {
  "common", "you", "we", "told", "newsletter", "subscribe", "donate", "payment", "login",
  "cookie", "legal", "share", "follow", "comment", "more", "menu", "advert", "caption", "scene",
  "byline", "bio", "shop", "form", "date", "opening",
}

--- class -> its bit in the `mask` of a block.
M.bit = {}
for i, class in ipairs(M.classes) do M.bit[class] = 1 << (i - 1) end

local languages = { "en", "de", "fr", "es", "pt", "it", "nl" }

local masks, phrases = {}, {}
for _, language in ipairs(languages) do
  local words = require("pumice.clean.lexicon." .. language)
  for _, class in ipairs(M.classes) do
    for _, phrase in ipairs(words[class] or {}) do
      if not masks[phrase] then phrases[#phrases + 1] = phrase end
      masks[phrase] = (masks[phrase] or 0) | M.bit[class]
    end
  end
end

--- Classes that occur in any story: they say something of a block only beside
--- its shape, so their words do not count as covered by cues.
local weak = M.bit.common | M.bit.you | M.bit.we | M.bit.told | M.bit.date
M.strong = (1 << #M.classes) - 1 & ~weak

for i, phrase in ipairs(phrases) do phrases[i], masks[i] = phrase, masks[phrase] end

--- A short block of these begins a section of its own.
M.heading = M.bit.comment | M.bit.more | M.bit.newsletter | M.bit.subscribe | M.bit.donate
  | M.bit.share | M.bit.legal | M.bit.login | M.bit.bio | M.bit.follow | M.bit.shop | M.bit.advert

--- Short blocks of these stand beside the entries of a list: comments, teasers.
M.meta = M.bit.comment | M.bit.byline | M.bit.date

M.lexicon = core.block.lexicon(phrases, masks, M.bit.common, M.strong)

return M
