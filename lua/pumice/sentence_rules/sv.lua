--- Sentence ends in Swedish; see pumice.sentence_rules.en for what the fields mean.
local rules = {}

rules.titles = [[
  hr Hr fr fru frk dr Dr prof Prof doc fil.dr fil.lic tekn.dr med.dr jur.kand ing dir kapt öv S:t S:ta
  Mr Mrs Ms H.M H.K.H
  bl.a t.ex d.v.s dvs ca c:a cirka p.g.a pga m.a.o resp s.k sk f.d i.e jfr jf enl inkl exkl ev evtl
  fr.o.m from t.o.m tom m.h.t m.m.a alt ang avd betr f.n för.t d.ä d.y i.o.m m.a.p o.d p.u.s spec
  särsk t.v vs
]]

rules.counted = [[
  nr Nr s sid kap st stk art fig tab bd vol årg par pkt tel Tel kl Kl ggr bil
]]

rules.others = [[
  osv o.s.v etc m.m m.fl mfl o.dyl o.d e.Kr f.Kr f.v.t ibid jr sr
  jan feb febr mars apr jun jul aug sept sep okt nov dec mån tis ons tors fre lör sön
  AB HB Inc Ltd Corp Co milj mdr mkr tkr min sek tim km kg cm max ung urspr uppl utg red övers förf
  eng ty fr lat univ inst P.S N.B Ph.D
]]

rules.starters = [[
  Den Det De En Ett Denna Detta Dessa Han Hon Hen Vi Ni Jag Du Man Där Här Var Vem Vad När Varför Hur
  Vilken Vilka Om Då Medan Eftersom Fast Trots Sedan Efter Före Under Över Vid Med Utan På Till Från
  För Av Mot Mellan Genom Hos I Ur Och Men Eller Så Också Även Inte Ingen Inget Alla Allt Många Några
  Någon Flera Andra Varje Hela Hans Hennes Deras Dess Vår Vårt Våra Min Mitt Mina Din Sin Nu Idag
  Igår Senare Därefter Därför Dock Dessutom Enligt Slutligen Kanske Bara Är Har Hade Blir Blev Kan
  Kunde Ska Skall Skulle Vill Får Ja Nej Tack
]]

rules.faces = ":) :-) :( :-( ;) ;-) :D :-D :P :-P"

rules.lower_starts = false
rules.ordinals = false

return rules
