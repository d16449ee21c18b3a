--- Why a block went, in words: the kind of cue that spoke most against it.
local cues = require "pumice.clean.cues"

local M = {}

local said = {
  newsletter = "newsletter", subscribe = "subscription", donate = "appeal for support",
  payment = "payment", login = "account", cookie = "consent", legal = "legal notice",
  share = "share buttons", follow = "asks to follow", comment = "comments",
  more = "link to other pages", menu = "navigation", advert = "advertisement",
  caption = "caption or credit", scene = "caption or credit", byline = "byline or date",
  bio = "about the author", shop = "shop", form = "form",
}

-- What says most comes first.
local order = {
  "caption", "donate", "newsletter", "subscribe", "payment", "cookie", "legal", "comment",
  "share", "follow", "login", "bio", "advert", "shop", "form", "more", "menu", "scene", "byline",
}

---@param page pumice.clean.Page
---@param i integer
---@return string
function M.of(page, i)
  local why = page.why[i]
  if why and why ~= "cue" and why ~= "appeal" then return why end
  local c = page.columns
  local mask = c.mask[i]
  for _, class in ipairs(order) do
    if mask & cues.bit[class] ~= 0 then return said[class] end
  end
  if c.links[i] > 0 then return "link" end
  if c.separators[i] >= 2 and c.sentences[i] == 0 then return "navigation" end
  if c.sentences[i] > 0 then return "apart from the story" end
  return why and "beside an appeal" or c.words[i] > 12 and "list" or "label"
end

return M
