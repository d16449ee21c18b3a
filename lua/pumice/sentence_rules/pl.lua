--- Sentence ends in Polish; see pumice.sentence_rules.en for what the fields mean.
local rules = {}

rules.titles = [[
  p pp Pan dr hab prof mgr inż doc lek med arch gen płk ppłk mjr kpt por ppor sierż kmdr adm ks o bp
  abp kard św Św śp bł red dyr prez wiceprez min sen pos gł hr ul al pl os im Mr Mrs
  np tj tzn tzw m.in min.in ok zob por cf ang łac niem fr ros gr wł hiszp czes daw potoc wg ds d.s
  wz zw pt ps vs śr jw j.w tzn w/w b dot
]]

rules.counted = [[
  nr Nr s str t rozdz art ust pkt par lit poz tab rys ryc tel Tel zał z zesz vol rok ark godz
]]

rules.others = [[
  itd itp etc in i.in nn n.e p.n.e r w ww rr tys mln mld zł gr szt egz km kg cm min sek
  sp sp.z.o.o Sp S.A Ltd Inc Corp Co spółka woj pow gm m.st st
  stycz lut mar kwiet maj czerw lip sierp wrzes paźdz listop grud pon wt śr czw pt sob niedz
  oprac wyd tłum przekł przyp ibid jr sr P.S N.B
]]

rules.starters = [[
  Ten Ta To Te Ci Tego Tej Tym Tych Temu On Ona Ono Oni One Ja Ty My Wy Jego Jej Ich Jemu Mój Moja Nasz
  Nasza Swój Który Która Które Kto Co Gdzie Kiedy Jak Dlaczego Ile Jaki Jaka Jakie Czy A I Ale Lecz
  Oraz Lub Albo Więc Jednak Jednakże Zatem Dlatego Ponieważ Gdy Gdyby Jeśli Jeżeli Chociaż Choć Aby
  Żeby Po Przed Przy Pod Nad Na W We Z Ze Do Od Dla Bez Przez Między Podczas Według Wśród Oprócz
  Obok O U Za Nie Tak Też Także Również Już Jeszcze Tylko Wszystko Wszyscy Wszystkie Każdy Każda
  Wiele Wielu Niektóre Inne Inni Nikt Nic Ktoś Coś Tu Tutaj Tam Teraz Dziś Dzisiaj Wczoraj Jutro
  Potem Następnie Później Wtedy Obecnie Natomiast Ponadto Jest Są Był Była Było Byli Były Będzie Ma
  Mają Może Można Trzeba Należy
]]

rules.faces = ":) :-) :( :-( ;) ;-) :D :-D :P :-P"

rules.lower_starts = false
rules.ordinals = true

return rules
