local program = require "program"

describe("a run whose program goes away", function()
  before_each(program.new_folder)
  after_each(program.remove_folder)

  -- A worker that meets the document 1000 for the first time dies of it.
  local DIES = [[return pumice.recipe { summary = "a test", stages = function()
    return { function(doc)
      local n = 0
      for i = 1, 20000 do n = n + i % 7 end
      if doc.id == 1000 and not io.open("@/died") then
        io.open("@/died", "w"):close()
        while not io.open("@/gone") do end
        io.popen("kill -KILL $PPID"):close()
      end
      return doc
    end } end }]]

  for _, how in ipairs { "rm @/copy", "echo exit 1 > @/new; chmod +x @/new; mv @/new @/copy" } do
    it("goes on with it: " .. how, function()
      local lines = {}
      for i = 1, 4000 do lines[i] = ('{"id":%d,"text":"%s"}\n'):format(i, ("x"):rep(200)) end
      program.write("in.jsonl", table.concat(lines))
      program.write("recipe.lua", (DIES:gsub("@", program.folder)))
      local _, said, status = program.sh(([[cp $P @/copy; (cd @
        @/copy run @/recipe.lua @/in.jsonl --trust -q -j 2 -o @/out & p=$!; i=0
        until [ -e @/died ] || [ $i -ge 1500 ]; do sleep 0.02; i=$((i + 1)); done
        HOW; : > @/gone; wait $p)]]):gsub("HOW", how):gsub("@", program.folder))
      assert.equal(0, status, said)
      assert.is_true(program.read "out" == table.concat(lines))
      assert.is_truthy(program.read "died")
    end)
  end
end)
