--- Dutch: its common words only; see en.lua for how they are read.
return {
  common = {
    "de", "het", "een", "en", "van", "in", "is", "dat", "op", "te", "zijn", "met", "voor", "niet",
    "aan", "er", "om", "die", "ook", "als", "dan", "bij", "maar", "door", "over", "nog", "naar",
    "uit", "wordt", "was", "heeft", "had", "of", "ze", "hij", "zij", "ik", "je", "hun", "meer",
    "tot", "werd", "worden", "kan", "al", "deze", "dit", "geen",
  },
}
