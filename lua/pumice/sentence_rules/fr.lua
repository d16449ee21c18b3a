--- Sentence ends in French; see pumice.sentence_rules.en for what the fields mean.
local rules = {}

rules.titles = [[
  M MM Mr Mme Mmes Mlle Mlles Me Mes Dr Drs Pr Prof Mgr Mgrs Vve St Ste Sts Stes S.A.R S.E
  S.M R.P Gal Gén Col Cdt Cap Lt Sgt Adj Sén Dép Ing Arch
  c.-à-d c.à.d cf p.ex ex env vs adr apr av avr.env boul.cf
]]

rules.counted = [[
  n no nos nᵒ n° N° p pp vol vols t chap ch fig figs art arts al tab sect éd coll § par parag
  pl pt tél tel ill app liv hab
]]

rules.others = [[
  etc janv févr fév avr juil sept oct nov déc Janv Févr Avr Juil Sept Oct Nov Déc
  lun mar mer jeu ven sam dim Cie Cies Ets Ltd Ltée Inc Corp Co Sté S.A S.A.R.L S.A.S S.N.C
  bd bld boul Bd Bld Boul av Av pl Pl rte Rte fg Fg bat bât
  apr.J.-C av.J.-C J.-C ap.J.-C ibid id op.cit loc.cit et.al al suiv sq sqq
  min max km kg cm mm hab trad rééd réf dir prés hon Jr Ph.D N.B P.S
]]

rules.starters = [[
  Le La Les L' Un Une Des Du De D' Au Aux Ce Cet Cette Ces C' Cela Ça Ceci Celui Celle Ceux
  Il Elle Ils Elles On Nous Vous Je J' Tu Son Sa Ses Leur Leurs Mon Ma Mes Notre Nos Votre Vos
  Et Mais Ou Or Donc Car Ni Si S' Que Qu' Qui Quoi Quand Comment Pourquoi Où Combien Quel Quelle
  Quels Quelles Lorsque Lorsqu' Puisque Parce Comme Alors Ainsi Aussi Après Avant Pendant Depuis
  Dès Dans En Par Pour Sur Sous Sans Avec Chez Contre Entre Vers Selon Malgré Grâce Lors Face
  Plus Moins Très Trop Tout Tous Toute Toutes Chaque Plusieurs Certains Certaines Quelques Aucun
  Aucune Personne Rien Ici Là Hier Demain Aujourd'hui Maintenant Enfin Ensuite Puis Cependant
  Toutefois Pourtant Néanmoins Or Désormais Parfois Souvent Toujours Jamais Déjà Encore
  Est Sont Était A Ont Avait Ne N' Y Se Voici Voilà Merci Oui Non D'autres Autre Parmi À
]]

rules.faces = ":) :-) :( :-( ;) ;-) :D :-D :P :-P"

rules.lower_starts = false
rules.ordinals = false

return rules
