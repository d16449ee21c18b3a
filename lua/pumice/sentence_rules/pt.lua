--- Sentence ends in Portuguese; see pumice.sentence_rules.en for what the fields mean.
local rules = {}

rules.titles = [[
  Sr Sra Srta Srs Sras D Dª Dr Dra Drs Dras Prof Profª Profa Eng Engª Arq Adv Gen Cel Maj Cap Ten Sgt
  Alm Min Dep Sen Gov Pres Pe Fr Me Rev Revmo Exmo Exma Ilmo Ilma V.Exa V.Ex.ª S.A.R S.M Sto Sta Mr
  Mrs p.ex Ex ex i.e cf vs aprox obs v.g
]]

rules.counted = [[
  n nº N nr núm p pp pág págs vol vols cap caps fig figs art arts tab par inc al sec séc ed tel
  Tel tít liv fl fls cx lt
]]

rules.others = [[
  etc Ltda Ltd Inc Cia Corp Co S.A Lda Ass Assoc Dept Depto Univ Fac Av Al R Rod Pça Pq Jd Ed Bl
  jan fev mar abr mai jun jul ago set out nov dez seg ter qua qui sex sáb dom
  a.C d.C a.m p.m hab min máx km kg cm id ibid op.cit trad org orgs coord Jr Ph.D N.B P.S E.U.A EUA
]]

rules.starters = [[
  O A Os As Um Uma Uns Umas Ao Aos À Às Do Da Dos Das De No Na Nos Nas Em Num Numa Pelo Pela Pelos
  Por Para Com Sem Sob Sobre Entre Até Desde Após Contra Segundo Durante E Ou Mas Porém Contudo
  Todavia Entretanto Se Que Quem Qual Quais Quando Onde Como Porque Quanto Quantos Ele Ela Eles Elas
  Eu Tu Você Vocês Nós Seu Sua Seus Suas Meu Minha Nosso Nossa Este Esta Estes Estas Esse Essa Esses
  Essas Isto Isso Aquilo Aquele Aquela Aqueles Todos Todas Todo Toda Cada Alguns Algumas Outros
  Outras Outro Outra Muitos Muitas Nenhum Nenhuma Ninguém Nada Algo Alguém Aqui Ali Lá Agora Hoje
  Ontem Amanhã Depois Antes Então Assim Além Ainda Já Também Sempre Nunca Talvez Apenas Só Não Sim
  É São Era Eram Foi Foram Há Havia Está Estão Tem Têm Pode Embora Enquanto Portanto Finalmente
]]

rules.faces = ":) :-) :( :-( ;) ;-) :D :-D :P :-P"

rules.lower_starts = false
rules.ordinals = false

return rules
