--- German cue words; see en.lua for how they are read.
return {
  common = {
    "der", "die", "das", "und", "in", "den", "von", "zu", "mit", "sich", "des", "auf", "für",
    "ist", "im", "dem", "nicht", "ein", "eine", "als", "auch", "es", "an", "werden", "aus", "er",
    "hat", "dass", "sie", "nach", "wird", "bei", "einer", "um", "am", "sind", "noch", "wie",
    "einem", "über", "einen", "so", "zum", "war", "haben", "nur", "oder", "aber", "vor", "zur",
    "bis", "mehr", "durch", "man", "sein", "wurde", "sei", "wenn", "ihre", "ihr", "seine", "wir",
    "ich", "kann", "gegen", "vom", "können", "schon", "hatte", "unter", "dieser", "diese",
    "diesem", "soll", "was", "waren", "wo", "bereits", "sagte",
  },
  you = { "sie", "ihnen", "ihr newsletter", "du", "dein", "deine", "ihre e-mail" },
  we = { "wir", "unser", "unsere", "unseren", "unserem", "uns" },
  told = { "sagte", "erklärte", "laut", "teilte", "er", "sie", "war", "wurde" },
  newsletter = {
    "newsletter", "newsletters", "abonnieren sie", "nichts mehr verpassen",
    "keine nachrichten verpassen", "per e-mail", "ihr postfach", "jederzeit abbestellen",
    "abmelden", "täglich per mail",
  },
  subscribe = {
    "abonnieren", "abonnement", "abo", "jetzt abonnieren", "abonnenten", "jetzt anmelden",
    "probeabo", "kostenlos testen", "jetzt testen", "jederzeit kündbar", "weiterlesen mit",
    "pro monat", "im monat", "jetzt freischalten", "exklusiv für abonnenten",
  },
  donate = {
    "spenden", "spende", "spenden sie", "unterstützen sie uns", "unterstütze uns",
    "ihre unterstützung", "deine unterstützung", "liebe leserinnen", "liebe leser",
    "unabhängigen journalismus", "unabhängiger journalismus", "in eigener sache",
    "jeder beitrag", "fördermitglied",
  },
  payment = {
    "^einmalig$", "^monatlich$", "^jährlich$", "^weiter$", "zahlungsart", "zahlungsmethode",
    "kreditkarte", "lastschrift", "überweisung", "^anderer betrag$", "später erinnern",
    "^nein danke",
  },
  login = {
    "anmelden", "einloggen", "registrieren", "abmelden", "mein konto", "passwort vergessen",
    "benutzername", "passwort", "konto erstellen",
  },
  cookie = {
    "cookies", "cookie-einstellungen", "datenschutz", "datenschutzerklärung",
    "datenschutzbestimmungen", "alle akzeptieren", "akzeptieren", "einwilligung", "zustimmen",
    "stimme zu", "ich stimme", "ablehnen", "einstellungen verwalten",
  },
  legal = {
    "alle rechte vorbehalten", "impressum", "agb", "nutzungsbedingungen",
    "allgemeine geschäftsbedingungen", "haftungsausschluss", "urheberrecht", "nachdruck",
  },
  share = {
    "^teilen", "artikel teilen", "^drucken", "^merken$", "per mail teilen", "auf facebook",
    "auf twitter", "link kopieren", "^versenden",
  },
  follow = {
    "folgen sie uns", "folge uns", "^folgen", "besuchen sie uns", "schreiben sie uns",
    "hier klicken", "klicken sie hier", "kontaktieren sie uns", "unsere app",
  },
  comment = {
    "^kommentare", "^kommentar", "kommentar schreiben", "kommentieren", "diskutieren sie mit",
    "# kommentare", "ihre meinung", "antworten$", "kommentar verfassen", "leserbriefe",
  },
  more = {
    "^mehr zum thema", "^mehr dazu", "^lesen sie auch", "^lesen sie mehr", "^weiterlesen",
    "weiterlesen$", "^mehr lesen", "^auch interessant", "^das könnte sie auch interessieren",
    "könnte sie auch interessieren", "^ähnliche artikel", "^meistgelesen", "^meistgelesene",
    "^neueste", "^weitere artikel", "^weitere themen", "^zum thema", "^themen", "^schlagwörter",
    "^mehr aus", "^siehe auch", "^empfohlen", "^nächster", "^vorheriger", "^zurück",
    "^alle anzeigen", "^mehr anzeigen", "^lesen sie hier", "^top-themen",
  },
  menu = {
    "^startseite$", "^nachrichten$", "^politik$", "^wirtschaft$", "^sport$", "^kultur$",
    "^wissen$", "^gesundheit$", "^reisen$", "^panorama$", "^meinung$", "^kontakt$", "^suche$",
    "^menü$", "^schließen$", "^über uns$", "^hilfe$", "^karriere$", "^shop$", "^service$",
    "^zum inhalt", "^inhalt", "^zurück$", "^produkte$", "^aktuelles$", "^datenschutz$",
    "^impressum$", "^wetter$", "^lokales$", "^anzeigen$", "^nach oben",
  },
  advert = {
    "^anzeige", "^werbung", "anzeige$", "gesponsert", "advertorial", "rabatt", "jetzt kaufen",
    "gutschein",
  },
  caption = {
    "^foto", "^bild", "^quelle", "foto$", "^symbolbild", "symbolfoto", "archivbild", "^fotos",
    "bildquelle", "picture alliance", "dpa", "imago", "^grafik",
  },
  byline = {
    "^von", "^veröffentlicht", "^aktualisiert", "^stand", "uhr$", "lesezeit", "^autor",
    "vor # stunden", "vor # tagen", "vor # minuten", "min lesezeit", "^erstellt",
  },
  bio = {
    "über den autor", "über die autorin", "ist redakteur", "ist redakteurin",
    "freier journalist", "ist autor", "ist professor",
  },
  shop = {
    "in den warenkorb", "warenkorb", "versand", "lieferzeit", "versandkosten", "auf lager",
    "bewertungen", "preis", "merkzettel", "inkl mwst", "zur kasse",
  },
  form = {
    "^e-mail", "^vorname", "^nachname", "^telefon", "^betreff", "^nachricht$", "^pflichtfeld",
    "pflichtfelder", "^absenden$", "^straße", "^plz", "öffnungszeiten", "bitte geben sie",
  },
  date = {
    "januar", "februar", "märz", "mai", "juni", "juli", "oktober", "dezember", "montag",
    "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag",
  },
}
