--- The words that attribute a quotation, as data.
---
--- `speech`: verbs of saying. They stand before, after or inside a quotation and
--- may come before their subject ("said the mayor"). `tell`: the same, but what
--- follows them is the hearer. `view`: verbs that take the quoted words into their
--- own sentence (accused her of "...", called it "..."); they attribute a quotation
--- that follows them and never a sentence that stands before them.
---
--- A row is a base form and, where it does not follow the rules of spelling, its
--- past and its participle. `forms` makes the rest.
local M = {}

local speech = [[
say:said ask reply answer respond write:wrote:written tweet post note explain insist argue claim
state declare announce warn admit acknowledge concede confirm deny reveal recall remember observe
remark comment continue conclude exclaim shout yell cry scream whisper mutter murmur joke
quip:quipped boast brag:bragged complain lament urge plead promise vow pledge predict suggest
propose stress emphasize emphasise read:read sing:sang:sung chant report testify assert maintain
contend allege reiterate repeat agree counter retort snap:snapped sigh laugh begin:began:begun
interject interrupt muse wonder think:thought:thought believe add caution blast fume thunder gush
enthuse intone recount relate opine volunteer venture speculate estimate inquire enquire
demand order hope fear worry judge rule find:found hold:held feel:felt swear:swore:sworn confess
protest object tease text email demur:demurred deadpan:deadpanned rejoin ejaculate groan growl
stammer sob:sobbed plead holler bark hiss roar advise elaborate clarify point write:wrote
cite quote mention discuss marvel summarize summarise theorize reason return go:went:gone tell:told
]]

local tell = [[ tell:told inform assure remind convince advise instruct notify ]]

local view = [[
call describe label dub:dubbed brand term slam:slammed criticize criticise condemn denounce attack
accuse blame praise hail welcome mock ridicule dismiss reject refer:referred speak:spoke:spoken
talk address echo characterize characterise compare liken view see:saw:seen regard express voice
question dispute discount defend justify advocate support
endorse oppose threaten offer ask want seek:sought vow refuse decline need expect plan urge invite
apologize apologise thank greet deride decry:decried castigate rebuke scold chide lambaste blast
tout trumpet portray depict cast:cast frame invoke evoke agree pronounce deem
proclaim exhort admire specify:specified nickname reference
interpret stress pose raise hint imply:implied signal indicate contend consider propose promote
highlight underscore credit fault target taunt goad disparage demean insult bemoan rail:railed
assail berate lash speak appeal ask worry love hate like prefer wish
]]

-- Base forms that are nouns as often as verbs: "a report", "the claim".
local nouns = [[ report note comment remark point demand order call question address love hope fear
  claim promise show plan need issue voice text email tweet post state judge rule object vow pledge
  boast brag joke quip lament shout yell cry scream whisper murmur laugh sigh read hold feel find
  answer reply response worry guess estimate caution blast protest chant label brand term attack
  blame praise welcome support threat use plea sob hiss roar bark counter retort appeal offer
  target credit fault echo dispute hint signal invite tease mock quote cite ask want ]]
M.noun = {}
for word in nouns:gmatch("%S+") do M.noun[word] = true end

--- Nouns for what somebody said: "the minister's claim that ...".
M.saying = {}
for word in ([[ claim claims statement statements remark remarks comment comments words phrase
  warning promise pledge vow description reference references argument assertion accusation
  complaint call calls ]]):gmatch("%S+") do
  M.saying[word] = true
end

--- Words after which a source stands: "according to the police".
M.according = { ["according"] = true }

local function spell(base, ending)
  if ending == "s" then
    if base:find("[sxz]$") or base:find("[cs]h$") then return base .. "es" end
    if base:find("[^aeiou]y$") then return base:sub(1, -2) .. "ies" end
    if base == "go" then return "goes" end
    return base .. "s"
  end
  if base:find("e$") and not (ending == "ing" and base:find("[eo]e$")) then
    return base:sub(1, -2) .. ending
  end
  if ending == "ed" and base:find("[^aeiou]y$") then return base:sub(1, -2) .. "ied" end
  return base .. ending
end

local function add(forms, rows, class)
  for row in rows:gmatch("%S+") do
    local base, past, participle = row:match("^([^:]+):?([^:]*):?(.*)$")
    local stem = past:match("^(.*%a)ed$") or base  -- quipped, quipping
    if past == "" then past = spell(base, "ed") end
    local ing = spell(stem:sub(1, #base) == base and stem or base, "ing")
    for form, tense in pairs { [base] = "base", [spell(base, "s")] = "finite",
        [past] = "finite", [ing] = "ing" } do
      local known = forms[form]
      if not known then
        forms[form] = { class = class, tense = tense, base = base }
      elseif class == "tell" then
        known.class = class
      end
    end
    if participle ~= "" and not forms[participle] then
      forms[participle] = { class = class, tense = "participle", base = base }
    end
  end
end

--- Every form of every verb: {class = "speech" | "tell" | "view", tense = "finite" |
--- "base" | "ing" | "participle", base = string}.
---@type table<string, {class: string, tense: string, base: string}>
M.forms = {}
add(M.forms, speech, "speech")
add(M.forms, tell, "tell")
add(M.forms, view, "view")

return M
