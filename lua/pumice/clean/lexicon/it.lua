--- Italian: its common words only; see en.lua for how they are read.
return {
  common = {
    "il", "lo", "la", "i", "gli", "le", "di", "del", "della", "dei", "delle", "e", "in", "che",
    "un", "una", "è", "si", "per", "con", "non", "suo", "sua", "al", "alla", "da", "dal",
    "dalla", "nel", "nella", "sono", "come", "più", "ma", "anche", "ha", "o", "se", "questo",
    "questa", "ci", "tra", "quando", "molto", "stato", "essere", "loro", "dopo", "dove", "tutto",
    "solo", "ai", "su", "sul", "sulla", "era",
  },
}
