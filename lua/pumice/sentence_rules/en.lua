--- Sentence ends in English: see pumice.token.sentences, option `rules`.
---
--- Words are parted by white space. Abbreviations stand without their last dot;
--- one in lower case is found however it is written, one with a capital only with
--- it (or all in capitals). Single letters and letters with dots between ("U.S",
--- "J.R") need no entry: they end a sentence only before a starter.
local rules = {}

-- Something always follows, so they never end a sentence.
rules.titles = [[
  Mr Mrs Ms Messrs Mmes Mx Dr Drs Prof Profs Rev Revd Fr Hon Rt.Hon Pres Gov Govs
  Lt Col Capt Cpt Cmdr Comdr Cdr Gen Maj Sgt Sgts Cpl Pvt Adm Brig Cpo Spc Pfc
  Sen Sens Rep Reps Supt Insp Det Amb Ald Atty Mgr Msgr Mons
  Ste SS Sta Sto Ven Mlle Mme M.Sgt
  e.g i.e eg viz vs cf incl esp resp approx ca
  P.S PS N.B c/o w/o
]]

-- Nothing ends before a number, a roman numeral or a single capital.
rules.counted = [[
  no nos p pp vol vols fig figs art arts sec secs ch chap chaps ver eq eqs ed eds ex
  par para paras cl app pt pts op tab ext tel No Nos Nr nr bk Bk plts col l ll
  rm Rm apt Apt ste bldg Bldg flt Flt rte Rte hwy Hwy lot sq lb lbs oz
]]

-- End a sentence only when a starter follows.
rules.others = [[
  Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec
  Mon Tue Tues Wed Weds Thu Thur Thurs Fri
  Inc Ltd Co Corp Bros Cos LLC Plc PLC Pty Pte PVT Pvt Ltda Cia GmbH Assn Assoc Dept
  Univ Inst Intl Int'l Nat'l Govt Gov't Mfg Mfrs Natl Org Dist Div Hosp Lib Mus Soc Acad
  Sr Jr Esq Ph.D Ed.D M.D Bros
  ave blvd rd st sts Mt Mts Ft Pt Ln Ct Cir Cres Sq Pl Hwy Pkwy Expy Rte Bldg Fwy Tpke Ter
  Ala Ariz Ark Calif Cal Colo Conn Del Fla Ga Ill Ind Kan Kans Ken Ky La Md Mich Minn Mass Miss
  Mo Mont Neb Nebr Nev Okla Ont Ore Pa Penn Penna Que Sask Tenn Tex Va Vt Wash Wis Wisc Wyo
  Alta Man Yuk Dak
  etc al a.k.a aka est dept bros cont cont'd contd jr sr assn assoc corp co govt misc
  min max avg hr hrs sec secs mins km kg cm mm ft yds yd mi mph
  tsp tbsp qt gal pkg pkgs
  Bd Educ Cty Comm'n Ct Cir Supp Rptr
  adj adv anon attrib bibl dist div fem ibid id masc orig pl pron pseud publ qtd repr
  subj transl vb
]]

-- End a sentence before a capital, unless the time alone began it ("At 5 a.m. Mr.
-- Smith left") or one of the `zones` follows.
rules.times = "a.m p.m am pm A.M P.M AM PM"
rules.zones = [[
  Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Tues Wed Thu Thur Thurs
  Fri Sat Sun January February March April May June July August September October November
  December Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec
  Eastern Central Mountain Pacific Greenwich Moscow London Paris Beijing Local
  GMT UTC BST CET CEST EST EDT ET CST CDT CT MST MDT MT PST PDT PT AEST IST JST MSK
]]

-- Begin sentences, and are hardly ever part of a name.
rules.starters = [[
  The A An This That These Those There Here It Its He His Him She Her Hers They Their Them
  We Our Ours You Your I My Mine One Someone Everyone Nobody Nothing Something Everything
  And But Or Nor So Yet For If Unless Until While When Whenever Where Wherever Whether
  Although Though Because Since As After Before Once Despite During Upon Among Amid Under
  At By From In Into Of On To With Without Within About Against Between Through
  Who Whom Whose What Which Why How
  Is Are Was Were Am Be Do Does Did Has Have Had Can Could Will Would Shall Should May Might
  Must Let Please Don't Not No Yes
  All Both Each Either Neither Every Few Many More Most Much Several Some Such Any Another
  Other Others None
  Also Again Already Always Anyway Besides Consequently Earlier Even Eventually Ever Finally
  First Furthermore Hence However Indeed Instead Just Last Later Lately Likewise Maybe
  Meanwhile Moreover Nevertheless Next Nonetheless Now Often Only Otherwise Overall Perhaps
  Previously Rather Recently Second Similarly Sometimes Soon Still Subsequently Then Thereafter
  Therefore Thus Today Together Tomorrow Tonight Too Usually Well Yesterday
  According Asked Given Like Thanks
]]

-- Names that end in an exclamation mark.
rules.exclaimed = "Yahoo Yum Jeopardy Oklahoma Joomla Wham Panic Kapow Mamma"

-- Belong to the sentence they follow.
rules.faces = [[
  :) :-) :( :-( ;) ;-) :D :-D :P :-P :p :-p =) =( :/ :-/ :'( :o :-o <3 XD xD ^^ ^_^ :)) :))) (: )
]]

-- Other languages also have
--   ends     characters that end sentences there, as the semicolon in Greek
--   inner    characters that do not, though Unicode says so, as the dot in Armenian
--   quoting  characters that go on after a closed quote, as a particle in Japanese

-- May a sentence begin in lower case, as people type? Is "3." a third?
rules.lower_starts = true
rules.ordinals = false

return rules
