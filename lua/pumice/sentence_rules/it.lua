--- Sentence ends in Italian; see pumice.sentence_rules.en for what the fields mean.
local rules = {}

rules.titles = [[
  sig sigg sig.ra sig.na sig.re sig.ri dott dott.ssa dr d.ssa prof prof.ssa proff ing avv Arch Geom
  Rag On Sen Gen Col Magg Cap Ten Serg Mar Amm mons Don P Fr S SS Ss S.E S.A.R S.M Pres Min Egr Gent
  gent.mo gent.ma spett spett.le Ill ill.mo chiar.mo Rev Card Comm Cav Uff Mr Mrs Ms St
  p.es es ad.es cfr v vs c.d cd ca C.a c.a c/o
]]

rules.counted = [[
  n nn n° N num nr p pp pag pagg vol voll cap capp art artt fig figg tab tabb tav tavv cfr
  par co comm all lett sez prot tel cell fax cod int sc f ff v vv ed
]]

rules.others = [[
  ecc etc al ibid id op.cit loc.cit segg sgg seg
  gen febb feb mar apr mag magg giu giugn lug ago sett set ott nov dic lun mart mer merc gio giov ven
  sab dom S.p.A SpA S.r.l Srl S.n.c S.a.s Soc Coop Ltd Inc Corp Co F.lli Flli Dip Dipart Univ Fac Ist
  a.C d.C av.C p.zza P.zza v.le V.le c.so C.so Loc Fraz prov Prov tel min max km kg mq mc sec
  S.U U.S.A U.E jr Jr Ph.D P.S N.B P.I C.F
]]

rules.starters = [[
  Il Lo La I Gli Le L Un Uno Una Al Allo Alla Ai Agli Alle Del Dello Della Dei Degli Delle Dal Dalla
  Nel Nello Nella Nei Nelle Sul Sulla Sui Sulle Di A Da In Con Su Per Tra Fra E Ed O Oppure Ma Però
  Anche Se Non Che Chi Cosa Come Quando Dove Perché Quale Quali Quanto Quanti Questo Questa Questi
  Queste Quello Quella Quelli Quelle Quel Quei Egli Ella Lui Lei Loro Noi Voi Io Tu Essi Esse Esso
  Essa Si Ci Vi Ne Mi Ti Suo Sua Suoi Sue Mio Mia Nostro Nostra Tutti Tutte Tutto Ogni Alcuni Alcune
  Altri Altre Molti Molte Nessuno Nessuna Niente Qualcuno Qui Qua Lì Là Ora Oggi Ieri Domani Adesso
  Poi Dopo Prima Quindi Così Inoltre Infatti Tuttavia Infine Allora Ancora Già Mai Sempre Forse Solo
  Soltanto Secondo Durante Dopo Senza Contro Verso Sotto Sopra È Sono Era Erano Fu Furono Ha Hanno
  Aveva Avevano Sarà Può Grazie Sì No Benché Sebbene Mentre Poiché Siccome Invece Dunque
]]

rules.faces = ":) :-) :( :-( ;) ;-) :D :-D :P :-P"

rules.lower_starts = false
rules.ordinals = false

return rules
