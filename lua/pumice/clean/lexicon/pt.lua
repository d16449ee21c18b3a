--- Portuguese: its common words only; see en.lua for how they are read.
return {
  common = {
    "o", "a", "os", "as", "de", "do", "da", "dos", "das", "e", "em", "que", "um", "uma", "é",
    "se", "por", "com", "não", "seu", "sua", "para", "ao", "na", "no", "nos", "nas", "como",
    "mais", "mas", "foi", "ou", "ser", "quando", "muito", "há", "já", "está", "eu", "também",
    "só", "pelo", "pela", "até", "isso", "ela", "ele", "entre", "depois", "sem", "mesmo", "aos",
    "ter", "seus", "quem", "nós", "você", "são", "tem",
  },
}
