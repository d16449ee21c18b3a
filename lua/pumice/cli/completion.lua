--- pumice completion: a script that teaches a shell the words of pumice. It asks
--- pumice for them each time, so it knows new recipes and their options.
local new_parser = require("pumice.cli.parser").new

local M = { summary = "write a completion script for a shell" }

local scripts = {}

scripts.bash = [==[
_pumice() {
  local word description
  COMPREPLY=()
  while IFS=$'\t' read -r word description; do
    if [[ $word == :files ]]; then
      compopt -o default
    else
      COMPREPLY+=("$word")
    fi
  done < <(pumice completion --words "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _pumice pumice
]==]

scripts.zsh = [==[
#compdef pumice
_pumice() {
  local line files
  local -a found
  for line in ${(f)"$(pumice completion --words "${(@)words[2,CURRENT]}" 2>/dev/null)"}; do
    if [[ $line == :files ]]; then
      files=yes
    else
      found+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
    fi
  done
  _describe pumice found
  [[ -n $files ]] && _files
}
compdef _pumice pumice
]==]

scripts.fish = [==[
function __pumice_words
  set -l words (commandline -opc) (commandline -ct)
  pumice completion --words $words[2..-1] 2>/dev/null
end
complete -c pumice -f -a '(__pumice_words | string match -v :files)'
complete -c pumice -F -n '__pumice_words | string match -q :files'
]==]

function M.parser()
  local parser = new_parser("completion", M.summary)
  parser:argument("shell"):choices({ "bash", "zsh", "fish" })
    :description("Put its output where the shell looks, e.g. "
      .. "`pumice completion bash >~/.local/share/bash-completion/completions/pumice`.")
  return parser
end

function M.run(words)
  if words[1] == "--words" then -- what the scripts ask
    local candidates = require("pumice.cli.words").candidates(table.move(words, 2, #words, 1, {}))
    for _, candidate in ipairs(candidates) do
      io.write(candidate.word, candidate.text and "\t" .. candidate.text or "", "\n")
    end
    return 0
  end
  io.write(scripts[M.parser():parse(words).shell])
  return 0
end

return M
