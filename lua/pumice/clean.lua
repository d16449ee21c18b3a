--- Cleaning: repair the characters, cut what is not the story.
---
--- ```lua
--- local story = "The ferry will stop in October, its owner said on Tuesday, after\n" ..
---   "thirty years between the island and the mainland."
--- local left = clean.boilerplate(story .. "\n\nSign up for our newsletter\nYour email")
--- left  --> story
--- ```
local pumice_stage = require "pumice.stage"
local barrier = require "pumice.barrier"
local options = require "pumice.options"
local text = require "pumice.text"
local cut = require "pumice.clean.cut"
local judge = require "pumice.clean.judge"
local reasons = require "pumice.clean.reasons"
local repeats = require "pumice.clean.repeats"

local M = {}

---@class pumice.clean.RepairOptions
---@field entities? boolean|"every"  read references of HTML: in every text without tags
---  (default), or as text.repair does it with true or false
local repair_defaults = { entities = options.any }

local function repaired(s, settings)
  local entities = settings.entities
  if entities == nil then entities = "every" end
  s = text.repair(s, { entities = entities })
  return (text.normalize(s))
end

--- Makes any bytes valid UTF-8 without junk and brings them into the form NFC:
--- `clean.repair(s)` gives the string, `clean.repair()` the stage.
---
--- What is left of "&quot;" or "&#39;" in the text of a page is a fault of what
--- took the text out, so these are read here also where other characters beyond
--- ASCII stand as they are; `text.repair` by itself leaves them there.
---
--- ```lua
--- clean.repair("caf\u{65}\u{301}")                   --> "caf\u{E9}"
--- clean.repair("\u{E9}t\u{E9}, they&#39;d say")    --> "\u{E9}t\u{E9}, they'd say"
--- ```
---@param first? string|pumice.clean.RepairOptions  a text, or the options of the stage
---@param opts? pumice.clean.RepairOptions
---@return any  text, or a stage
M.repair = pumice_stage.define {
  name = "clean.repair",
  text = repaired,
  defaults = repair_defaults,
  each = function(doc, settings)
    doc.text = repaired(pumice_stage.text_of(doc), settings)
    return doc
  end,
}

---@class pumice.clean.Options
---@field per? "outlet"|false  learn from the pages of each outlet as well (default), or not
---@field annotate? boolean  leave the list of cuts in `doc.cut` (default false)
local defaults = { per = options.any, annotate = false }

--- Judges and cuts one text, with what was learned of its outlet if anything.
local function clean(s, learned)
  local page = judge.page(s)
  local weight, times
  if learned then weight, times = repeats.weigh(page, learned) end
  return cut.apply(page, judge.decide(page, weight), function(i)
    if times and times[i] then
      return ("repeats in %d of %d stories of the outlet"):format(times[i], learned.stories)
    end
    return reasons.of(page, i)
  end)
end

local function finish_doc(doc, settings, learned)
  local left, cuts = clean(pumice_stage.text_of(doc), learned)
  if #cuts > 0 then doc.text = left end
  if settings.annotate then doc.cut = cuts end
  return doc
end

--- Cuts what is not the story: appeals, newsletter boxes, forms, menus, links
--- to other pages, captions, notices.
---
--- Whole blocks go (lines, or paragraphs where lines are wrapped), never a part
--- of one. `clean.boilerplate(text)` looks at this one text and returns what
--- stays and a list of what went: {first, last, reason, text}, in bytes of the
--- text as it came. A text in which nothing was found comes back as it is; one
--- of nothing but boilerplate becomes "".
---
--- `clean.boilerplate { per = false }` is the stage that does so to `doc.text`.
--- `clean.boilerplate { per = "outlet" }`, the default, is a fold: it learns what
--- repeats over the pages of each outlet (see pumice.stage.outlet_of) and cuts by
--- both in a second pass. It needs five different stories of an outlet; with
--- fewer it cuts as the plain stage does. With `annotate = true` the list of
--- cuts stays in `doc.cut`. Raises if `per` is neither "outlet" nor false.
---
--- ```lua
--- local left, cuts = clean.boilerplate("Home | News | Sport | Contact")
--- left            --> ""
--- cuts[1].reason  --> "navigation"
--- ```
---@param first? string|pumice.clean.Options
---@return any  text and cuts, a stage, or a fold
function M.boilerplate(first, opts)
  if type(first) == "string" then
    options.read(opts, {})
    return clean(first)
  end
  local settings = options.read(first, defaults)
  if settings.per == nil then settings.per = "outlet" end
  if settings.per == false then
    return {
      name = "clean.boilerplate",
      each = function(doc) return finish_doc(doc, settings) end,
    }
  elseif settings.per ~= "outlet" then
    error(("option 'per' is \"outlet\" or false, not %s"):format(tostring(settings.per)), 2)
  end
  return barrier.fold {
    name = "clean.boilerplate",
    start = function() return {} end,
    add = function(state, doc)
      local outlet = pumice_stage.outlet_of(doc)
      local remembered = repeats.remember(judge.page(pumice_stage.text_of(doc)))
      state[outlet] = repeats.join(state[outlet] or {}, { remembered })
    end,
    merge = function(a, b)
      for outlet, pages in pairs(b) do a[outlet] = repeats.join(a[outlet] or {}, pages) end
      return a
    end,
    finish = function(state)
      local result = {}
      for outlet, pages in pairs(state) do result[outlet] = repeats.learn(pages) end
      return result
    end,
    each = function(doc, result)
      return finish_doc(doc, settings, result[pumice_stage.outlet_of(doc)])
    end,
  }
end

return M
