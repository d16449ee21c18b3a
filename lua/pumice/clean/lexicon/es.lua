--- Spanish cue words; see en.lua for how they are read.
return {
  common = {
    "el", "la", "los", "las", "de", "del", "y", "en", "que", "un", "una", "es", "se", "por",
    "con", "no", "su", "para", "al", "lo", "como", "más", "pero", "sus", "le", "ya", "o", "este",
    "sí", "porque", "esta", "entre", "cuando", "muy", "sin", "sobre", "también", "me", "hasta",
    "hay", "donde", "quien", "desde", "todo", "nos", "durante", "todos", "uno", "les", "ni",
    "contra", "otros", "ese", "eso", "ante", "ellos", "e", "esto", "mí", "antes", "algunos",
    "fue", "era", "han", "ha", "según", "sido", "son",
  },
  you = { "usted", "tu", "tus", "te", "su correo" },
  we = { "nosotros", "nuestro", "nuestra", "nuestros", "nuestras" },
  told = { "dijo", "afirmó", "según", "anunció", "explicó", "aseguró", "él", "ella" },
  newsletter = {
    "newsletter", "boletín", "boletines", "nuestro boletín", "tu correo", "su correo",
    "correo electrónico", "por correo", "recibe", "recibir", "darse de baja", "no te pierdas",
  },
  subscribe = {
    "suscríbete", "suscribirse", "suscríbase", "suscripción", "suscriptores", "suscriptor",
    "regístrate", "hazte socio", "hazte socia", "prueba gratis", "al mes", "cancela cuando",
    "contenido exclusivo", "solo para suscriptores", "ya soy suscriptor",
  },
  donate = {
    "donar", "dona", "donación", "donaciones", "tu apoyo", "su apoyo", "apóyanos", "apoya",
    "queridos lectores", "periodismo independiente", "tu aportación", "tu donación",
    "contribuye", "estimados lectores",
  },
  payment = {
    "^una vez$", "^mensual$", "^anual$", "^continuar$", "método de pago", "métodos de pago",
    "tarjeta de crédito", "^otra cantidad$", "^no gracias", "^más tarde", "^importe",
  },
  login = {
    "iniciar sesión", "inicia sesión", "cerrar sesión", "mi cuenta", "crear cuenta",
    "contraseña", "usuario", "regístrese", "olvidé mi contraseña",
  },
  cookie = {
    "cookies", "aceptar todo", "^aceptar", "^rechazar", "política de privacidad",
    "política de cookies", "datos personales", "consentimiento", "configurar cookies",
    "privacidad",
  },
  legal = {
    "todos los derechos reservados", "derechos reservados", "aviso legal",
    "términos y condiciones", "condiciones de uso", "prohibida la reproducción",
    "términos de uso",
  },
  share = {
    "^compartir", "compartir en", "comparte", "^imprimir", "^enviar", "copiar enlace",
    "^compártelo", "^tuitear",
  },
  follow = {
    "síguenos", "síganos", "^seguir", "contáctanos", "haz clic", "clic aquí", "haga clic",
    "descarga la app", "nuestra app", "únete",
  },
  comment = {
    "^comentarios", "^comentario", "deja un comentario", "dejar un comentario",
    "deja una respuesta", "# comentarios", "^responder", "comentar", "cancelar respuesta",
    "tu comentario",
  },
  more = {
    "^leer más", "leer más$", "^lee también", "^lea también", "^ver más", "ver más$",
    "^te puede interesar", "^también te puede", "te puede interesar", "^relacionado",
    "^noticias relacionadas", "^artículos relacionados", "^más noticias", "^lo más leído",
    "^más leídas", "^lo más visto", "^últimas noticias", "^sigue leyendo",
    "^más información", "^etiquetas", "^temas", "^anterior", "^siguiente", "^ver todo",
    "^ver también", "^archivado en", "^recomendados", "^más en",
  },
  menu = {
    "^inicio$", "^noticias$", "^política$", "^economía$", "^deportes$", "^cultura$", "^mundo$",
    "^sociedad$", "^salud$", "^ciencia$", "^tecnología$", "^opinión$", "^buscar$", "^cerrar$",
    "^contacto$", "^acerca de$", "^ayuda$", "^tienda$", "^saltar al contenido",
    "^ir al contenido", "^volver", "^productos$", "^vídeos$", "^videos$", "^servicios$",
    "^menú$", "^internacional$", "^empresas$", "^el tiempo$",
  },
  advert = {
    "^publicidad", "^anuncio", "patrocinado", "contenido patrocinado", "descuento",
    "código promocional", "cómpralo",
  },
  caption = {
    "^foto", "^imagen", "^fotografía", "foto de archivo", "imagen de archivo", "^crédito",
    "efe", "^ilustración", "getty",
  },
  byline = {
    "^por", "^publicado", "^actualizado", "^última actualización", "tiempo de lectura",
    "min de lectura", "hace # horas", "hace # días", "^autor", "^redacción",
  },
  bio = {
    "sobre el autor", "sobre la autora", "es periodista", "es autor de", "es profesor",
    "es escritora",
  },
  shop = {
    "añadir al carrito", "agregar al carrito", "carrito", "envío", "envío gratis", "en stock",
    "precio", "opiniones", "comprar", "devoluciones",
  },
  form = {
    "^correo electrónico", "^nombre$", "^apellidos", "^teléfono", "^mensaje$", "^enviar$",
    "campos obligatorios", "obligatorios", "^asunto$", "horario", "por favor",
  },
  date = {
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
    "octubre", "noviembre", "diciembre", "lunes", "martes", "miércoles", "jueves", "viernes",
    "sábado", "domingo",
  },
}
