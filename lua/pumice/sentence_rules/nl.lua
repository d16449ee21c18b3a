--- Sentence ends in Dutch; see pumice.sentence_rules.en for what the fields mean.
local rules = {}

rules.titles = [[
  dhr Dhr mevr Mevr mw Mw mej hr Hr dr Dr drs Drs ds Ds ing Ing ir Ir mr Mr prof Prof bc lic kol gen
  kapt lt maj sgt min St Ste Z.M H.M Z.K.H H.K.H Jhr jkvr burg wed
  bijv b.v bv d.w.z m.a.w m.b.t m.b.v m.i m.n i.p.v i.v.m i.z.g n.a.v o.a o.l.v o.m o.i.d.w t.a.v
  t.b.v t.g.v t.o.v t.w t.z.t v.h v.d z.g zgn zg ca cf vgl evt incl excl resp plm nl t.n.v t.h.v
  a.u.b i.c i.h.b w.o
]]

rules.counted = [[
  nr nrs no art artt afb blz bl p pp pag dl deel hfst vol tab fig par reg tel Tel fax aant bijl lid
]]

rules.others = [[
  enz etc e.a e.d e.v ev m.m n.Chr v.Chr a.s jl ll ibid id jr sr afd afz ald alg alt Ned Eng Fr Du
  jan feb febr mrt apr jun jul aug sept sep okt nov dec ma di wo do vr za zo
  N.V B.V NV Inc Ltd Corp Co Mij Gebr geb gest overl dep gem prov str Str min max sec km kg cm mln
  mld st ed red vert uitg P.S N.B Ph.D
]]

rules.starters = [[
  De Het Een Deze Dit Die Dat Hij Zij Ze Wij We Ik Jij Je U Jullie Men Er Hier Daar Waar Wie Wat
  Wanneer Waarom Hoe Welke Welk Zijn Haar Hun Ons Onze Mijn Uw En Maar Of Want Dus Als Toen Nu Dan
  Omdat Hoewel Terwijl Zodra Indien Tenzij Ook Nog Al Niet Geen Alle Alles Iedereen Niemand Niets
  Veel Sommige Enkele Andere Elk Elke Ieder In Op Aan Bij Met Van Voor Door Over Om Onder Tegen
  Tijdens Sinds Sedert Tot Uit Na Naar Volgens Zonder Tussen Binnen Buiten Vanaf Vandaag Gisteren
  Morgen Later Daarna Daarom Daarbij Daarnaast Verder Echter Toch Inmiddels Bovendien Zo Wel Is Was
  Waren Heeft Hebben Had Wordt Worden Werd Kan Kunnen Zal Zullen Moet Mag Ja Nee Misschien
]]

rules.faces = ":) :-) :( :-( ;) ;-) :D :-D :P :-P"

rules.lower_starts = false
rules.ordinals = false

return rules
