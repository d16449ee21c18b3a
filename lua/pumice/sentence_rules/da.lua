--- Sentence ends in Danish; see pumice.sentence_rules.en for what the fields mean.
local rules = {}

rules.titles = [[
  hr Hr fr Fr frk Frk dr Dr prof Prof cand mag stud ing adv dir fhv fmd gdr H.M H.K.H kgl Kgl Mr Mrs
  Ms Skt Sct sct pastor kapt oberst lic
  bl.a blandt f.eks fx f.x d.v.s dvs ca cirka pga p.gr.a m.h.t mht m.a.o i.e jf jfr vedr iflg ift
  inkl ekskl evt hhv h.h.v såk s.k alm opr egl tidl nuv pr p.t pt o.l.a medflg if m.fl.a ang t.v t.h
  adr hvv iht i.h.t ml mlm mv.f obs resp spec særl sml tilsv vha v.h.a vs
]]

rules.counted = [[
  nr Nr s sp kap art afsn stk pkt fig tab bd bind årg ill tlf Tlf side lit kl Kl par nrn jvf
]]

rules.others = [[
  osv o.s.v etc m.m m.fl mfl o.a o.l o.lign mv m.v f.Kr e.Kr f.v.t e.v.t ibid jr sr
  jan feb mar apr jun jul aug sept sep okt nov dec man tirs ons tors fre lør søn
  A/S ApS Inc Ltd Corp Co Bros mio mia mill mdl md min sek t km kg cm maks max årh årt
  afd bibl dept eng fork forf fr inst red univ udg overs ph.d Ph.D P.S N.B U.S th tv mf
]]

rules.starters = [[
  Den Det De En Et Dette Denne Disse Han Hun Vi I Jeg Du Man Der Her Hvor Hvem Hvad Hvornår Hvorfor
  Hvordan Hvis Hvilken Hvilke Da Når Mens Fordi Selvom Skønt Siden Efter Før Under Over Ved Med Uden
  Om På Til Fra For Af Mod Mellem Gennem Hos Og Men Eller Så Også Ikke Ingen Intet Alle Alt Mange
  Nogle Nogen Flere Andre Hver Hele Hans Hendes Deres Dens Dets Vores Min Mit Mine Din Sin Nu Idag
  Senere Derefter Derfor Dog Desuden Ifølge Endelig Måske Kun Bare Er Var Har Havde Bliver Blev Kan
  Kunne Skal Skulle Vil Ville Må Ja Nej Tak
]]

rules.faces = ":) :-) :( :-( ;) ;-) :D :-D :P :-P"

rules.lower_starts = false
rules.ordinals = true

return rules
