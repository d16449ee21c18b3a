--- First names that tell "he" from "she", as data: the commonest of the English
--- speaking countries and some of the commonest elsewhere.
local M = {}

local function add(gender, names)
  for name in names:gmatch("%S+") do M[name] = gender end
end

add("male", [[
james john robert michael william david richard joseph thomas charles christopher daniel matthew
anthony mark donald steven steve paul andrew joshua kenneth kevin brian george edward ronald
timothy jason jeffrey ryan jacob gary nicholas nick eric jonathan stephen larry justin scott
brandon benjamin ben samuel sam gregory greg frank alexander raymond patrick jack dennis jerry
tyler aaron jose adam henry nathan douglas zachary peter kyle walter ethan jeremy harold keith
christian roger noah gerald carl terry sean austin arthur lawrence jesse dylan bryan joe jordan
billy bruce albert willie gabriel logan alan juan wayne roy ralph randy eugene vincent russell
elijah louis bobby philip phillip johnny mike jim tom bob bill dan dave tim jeff ted barack
vladimir dmitry sergei sergey ivan boris mikhail nikolai viktor igor oleg yuri pavel andrei
hans klaus jürgen wolfgang stefan pierre jean françois jacques michel luc marc antoine carlos
luis miguel pedro javier fernando diego pablo jorge manuel marco giuseppe giovanni paolo luca
mario matteo mohammed muhammad mohamed ahmed ali hassan hussein omar ibrahim yusuf khalid abdul
bernie bashar emmanuel olaf narendra rajiv raj amit sanjay arjun wei jun hiroshi kenji takashi
shinzo simon neil nigel ian graham stuart colin derek gordon trevor geoffrey martin oliver harry
oscar leo max felix hugo theo toby rupert hugh malcolm alistair callum angus hamish liam conor
patrice kofi kwame tunde chidi lars erik sven nils anders johan jan piet willem henk tomasz
piotr jakub marek pavol petr tomas istván lászló antonio francisco rafael tony ray ron don
fred ernest stanley leonard alfred herbert clarence marvin glenn curtis lee craig danny
]])

add("female", [[
mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty sandra
margaret ashley kimberly emily donna michelle carol amanda melissa deborah stephanie rebecca
sharon laura cynthia dorothy amy kathleen angela shirley emma brenda pamela nicole anna samantha
katherine christine debra rachel carolyn janet maria olivia heather helen catherine diane julie
victoria joyce lauren kelly christina ruth joan virginia judith evelyn hannah andrea megan cheryl
jacqueline madison teresa abigail sophia martha sara gloria janice kathryn ann isabella judy
charlotte julia grace amber alice jean denise frances danielle marilyn natalie beverly diana
brittany theresa kayla alexis doris lori tiffany hillary melania ivanka theresa nicola priti
olga natalia svetlana irina yelena elena tatiana anastasia ekaterina yulia ursula angela heike
sabine petra monika claudia brigitte marie sophie camille chloe isabelle nathalie valérie
carmen lucia rosa ana isabel pilar giulia francesca chiara fatima aisha mariam layla zainab
khadija priya anjali sunita deepa indira mei ling yuki akiko sakura jane kate kathy katie beth
molly lucy holly fiona heidi ingrid astrid freya greta nina eva ella ava mia lily ivy rose
daisy poppy jasmine gemma tracy tracey wendy sally susanna suzanne yvonne yvette zoe zoë esther
miriam naomi leah aung ellen erin eileen maureen bridget siobhan aoife niamh megyn rosie
amelia penelope harriet edith agnes florence beatrice clara martina ingeborg joanna jo
]])

return M
