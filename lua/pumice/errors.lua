--- The codes of errors: what each means, what causes it, and the way out.
--- `pumice help errors CODE` prints them.
local options = require "pumice.options"

local M = {}

--- What Lua raises when it gets no memory.
M.NO_MEMORY = "not enough memory"

---@class pumice.errors.Code
---@field means string  one line
---@field cause string
---@field example string
---@field way_out string

---@type table<string, pumice.errors.Code>
M.codes = {
  ["bad-csv"] = {
    means = "a row of a CSV file does not follow the rules of quoting",
    cause = "A quoted field that does not end, or text behind its end.",
    example = 'id,text\n7,"he said "no" and left"',
    way_out = "A quote inside of a quoted field is written twice. --rejects FILE keeps such rows.",
  },
  ["bad-encoding"] = {
    means = "the body of a page in a WARC file does not decode",
    cause = "The page was cut off or damaged, or its Content-Encoding is not what it says.",
    example = "Content-Encoding: gzip, before bytes that are no gzip",
    way_out = "--rejects FILE keeps the record; fetch the page again.",
  },
  ["bad-header"] = {
    means = "the first row of a CSV file gives no names to the fields",
    cause = "A name that comes twice or is not UTF-8, or a row that cannot be read.",
    example = "id,text,text",
    way_out = "Give the file a first row with a name of its own for each field. Nothing of the "
      .. "file was read.",
  },
  ["bad-json"] = {
    means = "a line of the input is no JSON object",
    cause = "The line was cut off, holds several values, bytes that are not UTF-8, or what "
      .. "JSON does not have, as NaN. The message names the byte.",
    example = '{"id": 7, "text": "cut o',
    way_out = "The run goes on without the line; --rejects FILE keeps it as it came, to be "
      .. "repaired and run again. Bytes that are not UTF-8 are taken with --invalid replace or "
      .. "decode. If the file is plain text, say --from text.",
  },
  ["bad-length"] = {
    means = "a WARC record is shorter or longer than it says",
    cause = "The file was cut off, or its line ends were changed.",
    example = "Content-Length: 500, before 200 bytes and the next record",
    way_out = "The next record is read all the same. Copy WARC files as bytes.",
  },
  ["bad-warc"] = {
    means = "bytes in a WARC file are no record",
    cause = "Damage between records, or a record without a Content-Length.",
    example = "a page of HTML where WARC/1.0 should be",
    way_out = "Reading goes on at the next record. If the file is no WARC, say so with --from.",
  },
  ["barrier"] = {
    means = "a function of a barrier failed, or took too much: merge, finish, pairs or resolve",
    cause = "An error in it, a loop without an end, or more of the corpus in it at a time than "
      .. "--memory allows. It looks at all documents, so there is none to reject.",
    example = "merge = function(a, b) while true do end end",
    way_out = "The message names the barrier and the function. What is done is kept: after "
      .. "more --memory or more --timeout, the same command with --resume goes on.",
  },
  ["caller"] = {
    means = "the call asks for what cannot be",
    cause = "Options that do not go together, or a --resume of a run that was another one.",
    example = "pumice run news pages --resume",
    way_out = "The message names the option or what has changed; run it without --resume.",
  },
  ["cannot-open"] = {
    means = "a file of the input cannot be opened",
    cause = "It was removed after the run had begun, or its owner does not let us read it.",
    example = "chmod 000 pages/7.txt",
    way_out = "Check the file and its folder with ls -l, then run again.",
  },
  ["cannot-read"] = {
    means = "a file of the input breaks off or is damaged",
    cause = "A compressed file that was cut short or changed, or is packed with something other "
      .. "than gzip and zstd; lines in UTF-16; or a disk that fails.",
    example = "head -c 1000 pages.jsonl.gz > short.jsonl.gz",
    way_out = "Documents before the damage are used. Fetch the file again; gzip -t and zstd -t "
      .. "test it. A frame that requires too much memory was packed with --long: --max-window "
      .. "2GiB reads it. What is packed otherwise comes by way of its own tool: "
      .. "bzip2 -dc pages.bz2 | pumice run news -",
  },
  ["group-too-large"] = {
    means = "a group has more documents than fit in the memory of a worker",
    cause = "The documents of one key take more than a quarter of --memory: their JSON, and "
      .. "1 kB for each.",
    example = "key = function(doc) return doc.language end",
    way_out = "Raise --memory BYTES or choose a finer key. A fold looks at any number of documents "
      .. "one by one. --rejects FILE keeps the documents of such a group.",
  },
  ["input-changed"] = {
    means = "an input is not what it was when the run began",
    cause = "Another program replaced it, cut it, or wrote over it. What is appended is left "
      .. "unread, unless a --manifest has to say what was read.",
    example = "mv more.jsonl pages.jsonl, while pages.jsonl is read",
    way_out = "Leave inputs alone while they are read, and run again. No output was made.",
  },
  ["internal"] = {
    means = "a bug of pumice",
    cause = "Something happened that its authors thought could not.",
    example = "",
    way_out = "Report it, with the message and what `pumice doctor` says.",
  },
  ["interrupted"] = {
    means = "the run was stopped by a signal",
    cause = "Ctrl-C, or the system ended the program.",
    example = "kill -TERM PROCESS",
    way_out = "What was done is noted: the same command with --resume goes on there, if the output "
      .. "is a file. A second signal ends it at once, and as much is kept as after kill -9.",
  },
  ["input"] = {
    means = "an input cannot be read any more",
    cause = "It was removed after the run had begun, its owner does not let us read it, or the "
      .. "disk fails.",
    example = "chmod 000 pages.jsonl",
    way_out = "An older output is as it was. Check the file with ls -l and cat, then run again, "
      .. "with --resume if much was done: the run says so.",
  },
  ["journal"] = {
    means = "the journal, which --resume needs, cannot be written",
    cause = "The disk is full, or the folder of the output cannot be written to.",
    example = "pumice run news pages -o /nowhere/news.jsonl",
    way_out = "Make room, or name an output elsewhere with -o; then run again with --resume.",
  },
  ["lost"] = {
    means = "the count of documents does not come out even: a bug of pumice",
    cause = "What was read is not what was kept, dropped and rejected in sum.",
    example = "",
    way_out = "Do not use the output. Report it, with the recipe and what `pumice doctor` says.",
  },
  ["manifest"] = {
    means = "a file that the manifest describes cannot be read",
    cause = "It was removed or replaced while the run went on, or the disk fails.",
    example = "rm pages.jsonl, while --manifest digests it",
    way_out = "Leave inputs and outputs alone until the run ends; with --resume it goes on.",
  },
  ["memory"] = {
    means = "a document took more memory than a worker may have",
    cause = "A stage builds a table or a string that grows far beyond the document.",
    example = "function(doc) doc.text = doc.text:rep(1000000) return doc end",
    way_out = "Raise --memory BYTES, or build less: emit parts instead of one large whole.",
  },
  ["no-file-name"] = {
    means = "a document has no field to name its file by",
    cause = "The output goes by a field, as in -o 'out/{language}.jsonl', and the document "
      .. "lacks it, or has a table there, or a name that is too long.",
    example = '{"id": 7, "text": "no language"}',
    way_out = "Name a file for such documents: -o 'out/{language|other}.jsonl'. --rejects FILE "
      .. "keeps them.",
  },
  ["no-memory"] = {
    means = "the machine has no memory left for the run",
    cause = "Other programs hold it, a limit (ulimit -v, a container) is low, or there are "
      .. "more workers than fit.",
    example = "ulimit -v 50000; pumice run news pages",
    way_out = "Take fewer workers with -j, or raise the limit; an older output is as it was.",
  },
  ["no-text"] = {
    means = "a document has no text where a stage or a text file needs one",
    cause = "The field `text` is missing, or is not a string.",
    example = '{"id": 7, "body": "the text is here"}',
    way_out = "Set the field in a stage of your own before: function(doc) doc.text = doc.body "
      .. "return doc end",
  },
  ["not-json"] = {
    means = "a stage left a value in a document that JSON cannot hold",
    cause = "A function, a table in itself, a number that is none, or bytes that are not UTF-8.",
    example = "function(doc) doc.seen = print return doc end",
    way_out = "Store strings, numbers, booleans and tables of these. Input that is not UTF-8 is "
      .. "taken with --invalid replace or decode, or with the stage clean.repair.",
  },
  ["output"] = {
    means = "the output cannot be written",
    cause = "The disk is full, the folder is missing or not ours, or the reader of a pipe left.",
    example = "pumice run news pages -o /dev/full",
    way_out = "Make room or name another file with -o. An older output is as it was.",
  },
  ["ragged-row"] = {
    means = "a row of a CSV file has more or fewer fields than the header",
    cause = "A comma in a field without quotes, or a row that was cut off.",
    example = 'id,text\n7,one, two',
    way_out = "Put the field in quotes. --rejects FILE keeps such rows as they came.",
  },
  ["spill"] = {
    means = "documents that wait at a barrier cannot be kept on the disk",
    cause = "The folder for such files (TMPDIR, else /tmp) is full or cannot be written to.",
    example = "TMPDIR=/nowhere pumice run near_dedup pages",
    way_out = "Set TMPDIR to a folder with about as much room as the input takes compressed.",
  },
  ["regex-limit"] = {
    means = "a pattern needed more steps, memory or time for a document than it may",
    cause = "A pattern that can match the same text in very many ways, such as (a+)+$, or one "
      .. "that fails slowly at each of many places, such as a.*b.*c on a very long line.",
    example = 'function(doc) if regex.test(doc.text, "(a+)+$") then return nil, "a" end return '
      .. 'doc end',
    way_out = "Make the pattern say less: [^,]* for .*, a++ for a+ where nothing need be given "
      .. "back. Or raise match_limit and time_limit in regex.new.",
  },
  ["stage-error"] = {
    means = "a stage raised an error",
    cause = "A bug in the recipe, or a document unlike those it was written for.",
    example = "function(doc) return doc.txt:len() end",
    way_out = "The message names the line and the document; `pumice why` runs that document "
      .. "alone. To drop such documents instead: return nil, \"reason\".",
  },
  ["stage-result"] = {
    means = "a stage gave back what is no document",
    cause = "A stage returns the document to keep it, or nil and a reason to drop it.",
    example = "function(doc) return doc.text end",
    way_out = "Return doc. To keep or drop by a condition: if not good then return nil, "
      .. "\"reason\" end return doc",
  },
  ["timeout"] = {
    means = "a document took too long",
    cause = "A loop without an end, or one whose time grows fast with the length of the text.",
    example = "function(doc) while true do end end",
    way_out = "Give it more time with --timeout SECONDS, or find the loop.",
  },
  ["too-long"] = {
    means = "a record is longer than a record may be",
    cause = "A file without line ends that was read as JSON lines, or a very large document.",
    example = "pumice run news book.txt --max-record 1000",
    way_out = "Raise --max-record BYTES, or split the record. If it is plain text, --from text.",
  },
  ["too-many-steps"] = {
    means = "a stage took more instructions of Lua for a document than it may",
    cause = "A loop without an end, or one whose length grows fast with the text.",
    example = "function(doc) while true do end end",
    way_out = "Find the loop. Recipes that need more can run with --trust.",
  },
  ["unknown-encoding"] = {
    means = "a page in a WARC file is compressed in a way that is not known",
    cause = "Its Content-Encoding is none that pumice decodes.",
    example = "Content-Encoding: br",
    way_out = "--rejects FILE keeps the record; decode it with another tool.",
  },
  ["worker-died"] = {
    means = "a document ended the process that worked on it, twice",
    cause = "It took all of the memory, or met a bug in a C library.",
    example = "SIGKILL of the system's memory guard shows in its log (dmesg)",
    way_out = "Other documents are not touched by it. Report it with the document.",
  },
  ["worker-failed"] = {
    means = "a worker could not do its task",
    cause = "The recipe does not load in a worker, or a file of the input cannot be read any "
      .. "more.",
    example = "chmod 000 pages.jsonl, while it is read",
    way_out = "Read what the worker says; make the file readable, and run again.",
  },
  ["worker-start"] = {
    means = "workers end before they begin",
    cause = "No memory or no processes left (ulimit -v, ulimit -u), or a library of Lua that "
      .. "was replaced while stock Lua ran it.",
    example = "ulimit -v 50000; pumice run news pages",
    way_out = "Run fewer workers with --jobs, or raise the limit.",
  },
}

--- Returns the codes, sorted.
---@return string[]
function M.names()
  local names = {}
  for name in pairs(M.codes) do names[#names + 1] = name end
  table.sort(names)
  return names
end

--- Returns what `pumice help errors` says: of one code, or a line for each; nil
--- and a message for a code it does not know.
---
--- ```lua
--- local errors = require "pumice.errors"
--- errors.text("timeout"):match "^[^\n]*"  --> "timeout: a document took too long"
--- errors.text "timeuot"  --> nil, "unknown code 'timeuot', did you mean 'timeout'?"
--- ```
---@param code? string
---@return string? text
---@return string? message
function M.text(code)
  if not code then
    local lines = {}
    for _, name in ipairs(M.names()) do
      lines[#lines + 1] = ("%-16s  %s"):format(name, M.codes[name].means)
    end
    return table.concat(lines, "\n") .. "\n\nMore: `pumice help errors CODE`."
  end
  local entry = M.codes[code]
  if not entry then return nil, options.unknown("code", code, M.names()) end
  local lines = { ("%s: %s"):format(code, entry.means), "", entry.cause }
  if entry.example ~= "" then lines[#lines + 1] = "\nExample:\n    " .. entry.example end
  lines[#lines + 1] = "\nWay out: " .. entry.way_out
  return table.concat(lines, "\n")
end

return M
