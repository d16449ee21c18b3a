--- Sentence ends in Spanish; see pumice.sentence_rules.en for what the fields mean.
local rules = {}

rules.titles = [[
  Sr Sra Srta Sres Sras Srtas D Dª D.ª Da Dña Dn Dr Dra Dres Dras Prof Profa Lic Licda Ing Arq
  Abg Gral Cnel Cap Cmdte Tte Sgto Alm Mons Fr Fray Hno Hna Hnos P Pbro Rvdo Rev Sto Sta S.E S.A.R
  S.M Excmo Excma Ilmo Ilma Mtro Mtra Pdte Vd Vds Ud Uds Mr Mrs Mt Mte
  p.ej P.ej p.e ej v.g v.gr cf cfr vs aprox apdo
]]

rules.counted = [[
  n núm núms Núm nº N.º n.º no p pp pág págs Pág vol vols t cap caps fig figs art arts Art párr
  párrf párrs tel teléf tfno Tel tab secc ed av.núm km Km Kms kms C.P C/ apdo inc
]]

rules.others = [[
  etc EE EE.UU RR.HH FF.AA JJ.OO CC.OO S.A S.L S.R.L S.A.S C.V Cía Cia Ltda Ltd Inc Corp Co Hnos
  ene feb mar abr may jun jul ago sep sept set oct nov dic Ene Feb Mar Abr May Jun Jul Ago Sep Sept
  Oct Nov Dic lun mart miérc juev vier sáb dom
  Av Avda Avdas Ctra Pza Plza Pl Bco Dpto Depto Edif Urb Col Esq Prov Admón Univ Fac
  a.C d.C a.m p.m a.J.C ibid ibíd íd id op.cit al trad ed coord comp dir min máx mín seg hrs
  Jr Ph.D P.D N.B S.S
]]

rules.starters = [[
  El La Los Las Lo Un Una Unos Unas Al Del De Este Esta Estos Estas Esto Ese Esa Esos Esas Eso
  Aquel Aquella Aquellos Él Ella Ellos Ellas Yo Tú Usted Ustedes Nosotros Nosotras Se Su Sus Mi Mis
  Tu Tus Nuestro Nuestra Nuestros Le Les Me Te Nos Que Quien Quién Qué Cuál Cuáles Cuándo Cuando
  Cómo Como Dónde Donde Cuánto Cuánta Por Porque Para Pero Y E O U Ni Si Sí No Sin Sobre Con Contra
  Desde Durante Entre Hacia Hasta Según Tras Ante Bajo En A Además Ahora Ahí Allí Aquí Así Aún
  Aunque También Tampoco Tan Tanto Todo Toda Todos Todas Cada Muchos Muchas Algunos Algunas Otros
  Otras Otro Otra Varios Ningún Ninguna Nadie Nada Algo Alguien Hoy Ayer Mañana Luego Después Antes
  Entonces Mientras Siempre Nunca Ya Es Son Era Eran Fue Fueron Ha Han Había Hay Está Están
  Gracias Quizás Quizá Tal Finalmente Sin Embargo Asimismo Espero Envíe Muy Más Menos
]]

rules.faces = ":) :-) :( :-( ;) ;-) :D :-D :P :-P"

rules.lower_starts = false
rules.ordinals = false

return rules
