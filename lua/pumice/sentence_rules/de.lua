--- Sentence ends in German; see pumice.sentence_rules.en for what the fields mean.
local rules = {}

rules.titles = [[
  Hr Hrn Fr Frl Fa Dr Dres Prof Ing Dipl Mag Hl St Gebr Herrn.Dr Kfm Rev Mr Mrs Ms
  bzw z.B z.b u.a.O d.h d.i i.d.R i.e.S i.w.S o.g s.o.g sog sogen vgl ca etwa.ca bspw bes insb
  inkl exkl zzgl zzgl abzgl lt gem geb gest verh wg zw zwisch einschl evtl ggf ggfs mind max min
  u.U u.E m.E z.T z.Zt z.Z zz z.Hd zum.B dgl.z i.A i.V i.H.v o.Ä.d s.o.z gez ev kath
  med jur phil rer nat theol
  Ges.m Min.Dir Nr.z Abb.z exkl urspr sen jun röm griech lat engl frz dt russ ital span
]]

rules.counted = [[
  Nr Nrn Art Abs Abb Bd Bde Kap S Seite Tab Ziff Ziffer.Nr Lit Anm Aufl Fig Hft H Jg Jhd Jh
  Str Tel Fax Fn Rn Rdnr Rz Rn § Pkt Kl Zi Zl Z Stk St Stck Mio Mrd Tsd
]]

rules.others = [[
  usw etc u.a u.ä u.Ä o.ä o.Ä u.dgl u.dergl dgl u.s.w u.v.a u.v.m usf ff f
  Jan Feb Febr Mär Apr Jun Jul Aug Sep Sept Okt Nov Dez Mo Di Mi Do Fr Sa So
  Co Inc Ltd Corp GmbH Gmbh Mio Mrd Tsd Std Min Sek Stk Str Pl Allg Abt Bhf Hbf Hrsg hrsg
  Jh Jhdt Jhs n.Chr v.Chr n.u.Z v.u.Z e.V i.R a.D h.c Ph.D M.A B.A jr sr
  Kto Inh Vors Verf Übers Red Zs Ztschr Univ Inst Akad Techn wiss
]]

rules.starters = [[
  Der Die Das Dem Den Des Ein Eine Einem Einen Einer Eines Er Sie Es Wir Ihr Ich Du Man
  Sein Seine Seinen Seinem Seiner Ihre Ihren Ihrem Ihrer Unser Unsere Mein Meine Dein
  Dieser Diese Dieses Diesem Diesen Jener Jene Jenes Jeder Jede Jedes Solche Welche Welcher
  Und Aber Oder Denn Doch Sondern Sowie Also Auch Außerdem Allerdings Dabei Dadurch Dafür
  Dagegen Daher Damit Danach Dann Daran Darauf Daraus Darin Darum Darüber Davon Davor Dazu
  Deshalb Deswegen Dennoch Dort Da Hier Heute Gestern Morgen Jetzt Nun Schon Noch Nur Nicht
  Nach Nachdem Bei Beim Mit Ohne Von Vom Vor Zu Zum Zur Aus Auf An Am Im In Ins Für Gegen Durch
  Um Unter Über Während Wegen Trotz Seit Bis Zwischen Neben Hinter Laut
  Wenn Weil Als Ob Obwohl Sobald Solange Sofern Falls Indem Damals Zunächst Zuerst Zuletzt
  Wer Was Wann Wo Warum Wie Wieso Weshalb Woher Wohin Wem Wen Wessen Weder Entweder Sowohl
  Ist Sind War Waren Hat Haben Hatte Hatten Wird Werden Wurde Wurden Kann Können Konnte Muss
  Müssen Soll Sollen Sollte Darf Will Bitte Ja Nein Kein Keine Keiner Viele Alle Einige Manche
  Mehrere Etwa Rund Insgesamt Schließlich Später Bereits Immer Jedoch Zudem Trotzdem Vielleicht
]]

rules.faces = ":) :-) :( :-( ;) ;-) :D :-D :P :-P"

rules.lower_starts = false
rules.ordinals = true

return rules
