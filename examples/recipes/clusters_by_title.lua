--- Marks the documents that share a title, and leaves all of them.
---
---   pumice run clusters_by_title pages.jsonl -o marked.jsonl
---
--- A cluster in its simplest form: the sketch of a document is its title made
--- matchable, a pair is two equal sketches, and `cluster` becomes the id of the
--- first document that has the title.
local pumice = require "pumice"

--- One form for titles that differ in case, quotes and blanks.
local function form(title)
  return type(title) == "string" and pumice.text.matchable(title, { punctuation = "drop" }).text
end

return pumice.recipe {
  summary = "Mark documents that share a title",
  options = {
    field = { "title", "the field to compare" },
  },
  stages = function(options)
    return {
      pumice.cluster {
        name = "same title",
        sketch = function(doc)
          return { id = pumice.stage.id_of(doc), form = form(doc[options.field]) }
        end,
        pairs = function(sketches)
          local first, pairs_found = {}, {}
          for number, sketch in ipairs(sketches) do
            local leader = sketch.form and first[sketch.form]
            if leader then
              pairs_found[#pairs_found + 1] = { leader, number }
            elseif sketch.form then
              first[sketch.form] = number
            end
          end
          return pairs_found
        end,
        resolve = function(sketches, links)
          local fates = {}
          for _, link in ipairs(links) do
            fates[link.a], fates[link.b] = sketches[link.a].id, sketches[link.a].id
          end
          return fates
        end,
        each = function(doc, first_id)
          doc.cluster = first_id
          return doc
        end,
      },
    }
  end,
  examples = {
    {
      given = {
        { id = "a", title = "“Ferry” to close" },
        { id = "b", title = "A quiet day" },
        { id = "c", title = 'FERRY  to close' },
        { id = "d" },
      },
      gives = { a = { cluster = "a" }, c = { cluster = "a" } },
    },
    { given = { id = "a", title = "alone" }, keeps = true },
  },
}
