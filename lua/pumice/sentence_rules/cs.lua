--- Sentence ends in Czech; see pumice.sentence_rules.en for what the fields mean.
local rules = {}

rules.titles = [[
  p pí sl Dr dr doc Doc prof Prof Ing ing Mgr Bc JUDr MUDr MVDr PhDr RNDr PaedDr ThDr PharmDr Ph.D
  CSc DrSc MgA BcA gen plk pplk mjr kpt por npor sv Sv P kard arcib bisk Mr Mrs
  např tj tzn tzv resp popř příp cca ca kupř zejm mj vč tzv srov viz zvl odd lat angl něm franc rus
  ul nám tř nábř hl stol vl vs dr
]]

rules.counted = [[
  č čís s str sv kap čl odst písm bod obr tab příl tel Tel roč vyd par §
]]

rules.others = [[
  atd apod aj etc n.l př.n.l př.Kr po.Kr r stol tis mil mld Kč hod min sek ks km kg cm
  led únor břez dub květ červ červen srp září říj list pros po út st čt pá so ne
  a.s s.r.o spol v.o.s k.s Ltd Inc Corp Co o.p.s z.s odd ved nakl překl pozn red ibid ml st jr sr
  P.S N.B
]]

rules.starters = [[
  Ten Ta To Ti Ty Toho Tom Tomu Tento Tato Toto Tito Tyto On Ona Ono Oni Ony Já My Vy Jeho Její Jejich
  Můj Moje Náš Naše Svůj Který Která Které Kdo Co Kde Kdy Jak Proč Kolik Jaký Jaká Jaké Zda A I Ale
  Avšak Však Nebo Anebo Proto Protože Když Pokud Jestliže Ačkoli Ačkoliv Aby Po Před Při Pod Nad Na V
  Ve Z Ze Do Od Pro Bez Přes Mezi Během Podle Kromě Vedle O U Za S Se K Ke Ne Ano Také Též Již Už
  Ještě Jen Pouze Vše Všechno Všichni Všechny Každý Každá Mnoho Mnozí Některé Někteří Jiné Jiní Nikdo
  Nic Někdo Něco Zde Tady Tam Teď Nyní Dnes Včera Zítra Potom Pak Poté Tehdy Současně Navíc Je Jsou
  Byl Byla Bylo Byli Byly Bude Má Mají Může Lze
]]

rules.faces = ":) :-) :( :-( ;) ;-) :D :-D :P :-P"

rules.lower_starts = false
rules.ordinals = true

return rules
