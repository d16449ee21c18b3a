--- Barriers: stages that need many documents. There are three.
---
--- Between two barriers each document goes its own way, in any worker. At a
--- barrier the run stops, looks at what every document left there, and goes on
--- with the answer. What crosses from one process to another (states, results,
--- sketches, evidence, fates) is plain data: strings, numbers, booleans, tables.
local options = require "pumice.options"

local M = {}

local function define(kind, spec, required, optional)
  local defaults = { name = kind }
  for _, field in ipairs(required) do defaults[field] = options.any end
  for _, field in ipairs(optional) do defaults[field] = options.any end
  local barrier = options.read(spec, defaults)
  for _, field in ipairs(required) do
    if type(barrier[field]) ~= "function" then
      error(("pumice.%s needs a function '%s'"):format(kind, field), 3)
    end
  end
  barrier.barrier = kind
  return barrier
end

---@class pumice.Fold
---@field name string
---@field start fun(): any  an empty state
---@field add fun(state: any, doc: table)  takes a document into the state
---@field merge fun(a: any, b: any): any  joins two states, `a` from earlier documents
---@field finish? fun(state: any): any  turns the last state into the result
---@field each fun(doc: table, result: any): table?, string?, table?  the second pass

--- A fold: add every document to a state, merge the states, hand the result to
--- a second pass over the same documents. `merge` must be associative; states
--- are merged in the order of the input, whatever the number of workers, each as
--- soon as it is there: one for all that came before and one for the next few
--- hundred kB of input are in memory, under the limits of a worker.
---@param spec pumice.Fold
function M.fold(spec)
  return define("fold", spec, { "start", "add", "merge", "each" }, { "finish" })
end

---@class pumice.Group
---@field name string
---@field key fun(doc: table): string|number|nil  documents with one key meet; nil: it passes
---@field each fun(docs: table[], key: string|number): table[], string?, table?

--- A group: all documents with one key meet. `each` gets them in the order of
--- the input and returns the list of those that stay, changed or not, new ones
--- too; whoever is not in it is dropped for the reason that comes second. They
--- stand where the first of the group stood. A group has to fit in a quarter of
--- `--memory`; the documents of a larger one are rejected ("group-too-large").
---@param spec pumice.Group
function M.group(spec)
  return define("group", spec, { "key", "each" }, {})
end

---@class pumice.Link
---@field a integer  number of a document, from 1, in the order of the input
---@field b integer  another one, a < b
---@field evidence any  what `compare` said of them

--- A table of them, or a function that is asked for one after the other.
---@alias pumice.Fates table<integer, any>|fun(number: integer): any

---@class pumice.RunInfo
---@field token? string  the same when a run is resumed; nil: it cannot be
---@field dry boolean  nothing is to be changed

---@class pumice.Cluster
---@field name string
---@field sketch fun(doc: table): any  what the barrier remembers of a document; nil: false
---@field sketches? fun(docs: pumice.Documents): any[]  the same of each of a list in files
---@field pairs fun(sketches: any[]): table[]  pairs {a, b, note} worth comparing, a < b
---@field compare? fun(a: table, b: table, note: any): any  evidence of a link, or nil
---@field resolve fun(sketches: any[], links: pumice.Link[], run?: pumice.RunInfo): pumice.Fates
---@field each fun(doc: table, fate: any): table?, string?, table?
---@field commit? fun()  when all documents are through

--- A cluster: documents linked in pairs become groups. `sketch` runs where the
--- document is, `pairs` proposes, `compare` sees both documents (and the note that
--- came with the pair: what only the sight of all sketches could tell) and decides,
--- `resolve` turns the links into one fate for each document that has one, and
--- `each` carries it out (documents without a fate pass as they are).
---
--- `sketches` and `links` lie on the disk: `list[i]`, `#list` and `ipairs` read
--- one at a time, which takes no memory however many there are. What they give
--- is a copy; to change it changes nothing.
---
--- What a cluster changes outside of the run has to wait for `commit`, which is
--- called when all that the run writes is on the disk, and not called when a run
--- writes nothing. A run that is cut off after that and resumed asks for the fates
--- and calls `commit` again, with the same `token`.
---@param spec pumice.Cluster
function M.cluster(spec)
  return define("cluster", spec, { "sketch", "pairs", "resolve", "each" },
    { "compare", "commit", "sketches" })
end

return M
