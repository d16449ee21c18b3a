--- Closed classes of English words that bound a subject, as data.
local M = {}

local function set(words)
  local s = {}
  for word in words:gmatch("%S+") do s[word] = true end
  return s
end
M.set = set

--- Words that may stand between a subject and its verb.
M.auxiliary = set [[ has have had would will could should can may might must did does do is are was
  were be been being also then later once often never not always still now again even just
  already further only recently previously earlier first finally simply merely soon ever both
  all each himself herself themselves itself 'd didn't doesn't don't hasn't haven't won't
  wouldn't couldn't n't going reportedly ]]

--- Pronouns that can be a subject, with what they stand for.
M.pronoun = {
  he = "he", she = "she", they = "they", it = "it", I = "I", i = "I", we = "we", you = "you",
  who = "who", which = "which", that = "which", this = "it", one = nil,
}

M.determiner = set [[ the a an his her their its our my your another several some many no most
  other one two three four five six seven eight nine ten few both any every each those these
  such more former top senior local ]]

--- Determiners after which a noun has to come.
M.article = set [[ the a an his her its their my our your this ]]

M.preposition = set [[ in on at to of for from with by about into over after before during since
  under between against through without within among as despite amid like via per across
  behind beyond near toward towards upon outside inside around following until till off ]]

--- Prepositions that may stand inside a subject: "a spokeswoman for the port".
M.inner = set [[ of for from at in with on to by across ]]

--- Words that open a sentence without being part of its subject.
M.opener = set [[ instead however meanwhile moreover still yet then now later perhaps also today
  here there maybe overall elsewhere nevertheless nonetheless otherwise therefore thus hence besides
  furthermore additionally indeed plus again once afterwards afterward afterword earlier ]]

--- Words that stand for nobody in particular.
M.indefinite = set [[ anybody anyone somebody someone everybody everyone nobody nothing anything
  something everything there ]]

M.conjunction = set [[ and but or nor yet so because when while if although though that which who
  whom whose where why how what whether as than since unless until after before once ]]

--- Parts of names in lower case.
M.particle = set [[ de la le du des da dos das do di del della van von der den ter bin ibn al el
  ben abu zu y ]]

M.calendar = set [[ monday tuesday wednesday thursday friday saturday sunday january february
  march april june july august september october november december yesterday today tomorrow ]]

--- Past forms of common verbs that no spelling gives away.
M.past = set [[ heard went came took made got left kept met knew began brought bought built sent sat
  stood ran won lost paid found became grew led fell broke chose drove wore rose ate drew flew
  fought gave hit held laid lay put saw set shot shut sold spent struck swung threw told understood
  woke ]]

--- Titles before a name, in lower case and without their point. They are split
--- off, together with what stands before them ("Russian President").
M.title = set [[ mr mrs ms miss mx dr sir dame lord lady madam prof professor president senator sen
  representative rep congressman congresswoman governor gov mayor minister secretary general
  gen colonel col lieutenant lt major captain capt sergeant sgt chief chairman chairwoman
  chairperson director chancellor premier king queen prince princess pope cardinal bishop
  archbishop reverend rev father sister brother judge justice attorney speaker ambassador
  commissioner superintendent detective inspector constable officer coach manager editor
  activist professor analyst economist lawyer pollster commander admiral adm marshal deputy
  councillor councilor alderman delegate del treasurer spokesman spokeswoman spokesperson
  leader candidate nominee sheriff pastor rabbi imam sheikh aunt uncle engineer author actor
  actress singer historian baroness baron count countess duke duchess sens reps messrs
  di ds dc pc dci cllr monsieur madame mademoiselle m herr frau señor señora don doña ]]

M.male = set [[ mr sir lord king prince father brother uncle congressman chairman spokesman
  baron count duke monsieur herr señor don councilman businessman fisherman salesman
  pope bishop archbishop cardinal monsignor husband son man boy actor grandfather ]]
M.female = set [[ mrs ms miss dame lady madam queen princess sister aunt congresswoman chairwoman
  spokeswoman baroness countess duchess madame mademoiselle frau señora doña councilwoman
  businesswoman wife daughter woman girl actress mother grandmother ]]

return M
