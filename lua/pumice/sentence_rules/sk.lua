--- Sentence ends in Slovak; see pumice.sentence_rules.en for what the fields mean.
local rules = {}

rules.titles = [[
  p pí sl Dr dr doc Doc prof Prof Ing ing Mgr Bc JUDr MUDr MVDr PhDr RNDr PaedDr ThDr PharmDr Ph.D
  CSc DrSc gen plk pplk mjr kpt por sv Sv kard arcib bisk Mr Mrs
  napr tj t.j tzn t.z tzv resp popr príp cca ca zv najm mj vr porov pozri obv lat angl nem franc rus
  ul nám tr nábr hl vs vl odd
]]

rules.counted = [[
  č čís s str zv kap čl ods písm bod obr tab príl tel Tel roč vyd par §
]]

rules.others = [[
  atď a.pod apod a.i etc n.l pred.n.l pred.Kr po.Kr r stor tis mil mld Sk hod min sek ks km kg cm
  jan feb mar apr máj jún júl aug sept okt nov dec po ut st št pi so ne
  a.s s.r.o spol v.o.s k.s Ltd Inc Corp Co o.z n.o ved nakl prekl pozn red ibid ml st jr sr P.S N.B
]]

rules.starters = [[
  Ten Tá To Tí Tie Toho Tom Tomu Tento Táto Toto Títo Tieto On Ona Ono Oni Ony Ja My Vy Jeho Jej Ich
  Môj Moja Náš Naša Svoj Ktorý Ktorá Ktoré Kto Čo Kde Kedy Ako Prečo Koľko Aký Aká Aké Či A I Ale
  Avšak Však Alebo Preto Pretože Keď Ak Hoci Aby Po Pred Pri Pod Nad Na V Vo Z Zo Do Od Pre Bez Cez
  Medzi Počas Podľa Okrem Vedľa O U Za S So K Ku Nie Áno Tiež Taktiež Už Ešte Len Iba Všetko Všetci
  Všetky Každý Každá Mnoho Mnohí Niektoré Niektorí Iné Iní Nikto Nič Niekto Niečo Tu Tam Teraz Dnes
  Včera Zajtra Potom Vtedy Súčasne Navyše Je Sú Bol Bola Bolo Boli Bude Má Majú Môže Možno
]]

rules.faces = ":) :-) :( :-( ;) ;-) :D :-D :P :-P"

rules.lower_starts = false
rules.ordinals = true

return rules
