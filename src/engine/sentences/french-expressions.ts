import type { SentenceTable } from '../sentence.js';

/** What is told of expressions, phrases and the syntax of files, in French. */
export const FRENCH_EXPRESSIONS: SentenceTable = {
  'it is longer than {0} characters, so split it into several steps':
    'elle dépasse {0} caractères : répartissez-la en plusieurs étapes',
  'it gives a {0}, which cannot be kept':
    'elle donne une valeur de type {0}, qui ne peut être gardée',
  'it cannot be read': 'elle ne peut être lue',
  'this is not defined: {0}': 'ceci n’existe pas : {0}',
  'Unexpected token: the end': 'il manque la fin',
  'Unexpected token: {0}': 'ce signe n’est pas attendu : {0}',
  '{0}': '{0}',
  'there is no null here; what is unknown is absent: ask with `has(…)`':
    'il n’y a pas de null ici ; ce qui est inconnu est absent : demandez-le par `has(…)`',
  '{0} asks nothing; name what it should ask for, such as has(answers.email)':
    '{0} ne demande rien ; nommez ce qu’il doit demander, comme has(answers.email)',
  'ask with `has(…)`': 'demandez-le par `has(…)`',
  'write {0}has({1})': 'écrivez {0}has({1})',
  'what is unknown is absent, never null; {0}': 'ce qui est inconnu est absent, jamais null ; {0}',
  '{0} is a yes or a no, not a text; write {1} alone, or !{2} for a no':
    '{0} est un oui ou un non, pas un texte ; écrivez {1} seul, ou !{2} pour un non',
  '"{0}" has no option "{1}"; {2}': '« {0} » n’a pas de choix « {1} » ; {2}',
  'ask for one segment by its name, such as `"donors" in {0}`':
    'demandez un segment par son nom, comme `"donors" in {0}`',
  'a } closes nothing; take it away or add the missing {':
    'un } ne ferme rien ; retirez-le ou ajoutez le { qui manque',
  'no number takes the branch "{0}" in {1}; write {2}, or a number such as {3}':
    'aucun nombre ne prend la branche « {0} » en {1} ; écrivez {2}, ou un nombre comme {3}',
  'a { is never closed; add the missing }': 'un { n’est jamais fermé ; ajoutez le } qui manque',
  '{} has no name in it; write the name of an argument, such as {firstName}':
    '{} n’a pas de nom dedans ; écrivez le nom d’un argument, comme {firstName}',
  'the name between { and } is not one; write letters and digits only, such as {firstName}':
    'ce qui est entre { et } n’est pas un nom ; n’écrivez que des lettres et des chiffres, comme {firstName}',
  'a select or plural has no `other {…}`; add it as the last branch':
    'un select ou plural n’a pas de `other {…}` ; ajoutez-le comme dernière branche',
  'it cannot be read; check its braces, commas and branches':
    'illisible ; vérifiez les accolades, les virgules et les branches',
  '{0}; check its braces, commas and branches':
    '{0} ; vérifiez les accolades, les virgules et les branches',
  'did you mean "{0}"?': 'vouliez-vous dire « {0} » ?',
  'there is none to choose from': 'il n’y en a aucun à choisir',
  'choose one of: {0}{1}': 'choisissez parmi : {0}{1}',
  'without quotes, or with straight ones such as "…"':
    'sans guillemets, ou avec des guillemets droits comme "…"',
  'without the no-break space beside it': 'sans l’espace insécable qui l’accompagne',
  'this cannot be read; check the indentation, quotes and colons here':
    'ceci est illisible ; vérifiez le retrait, les guillemets et les deux-points',
  'a tab indents this line; write spaces instead, two for each level':
    'une tabulation met cette ligne en retrait ; écrivez des espaces, deux par niveau',
  'quotes such as “ ” or « » hold no text together here; put the whole text in straight ones, such as "…"':
    'des guillemets comme “ ” ou « » ne tiennent pas un texte ensemble ici ; mettez tout le texte entre guillemets droits, comme "…"',
  'a colon and a space stand within this text; put the whole text in quotes':
    'il y a un deux-points suivi d’une espace dans ce texte ; mettez tout le texte entre guillemets',
  'this has a value already, and the line below is indented as if it belonged to it; indent that line like this one':
    'ceci a déjà une valeur, et la ligne du dessous est en retrait comme si elle en faisait partie ; alignez-la sur celle-ci',
  'this line is not indented like the others of its group; line it up with them':
    'cette ligne n’est pas alignée sur les autres de son groupe ; alignez-la',
  'a {0} opens here and is never closed; add the missing {1}':
    'un {0} s’ouvre ici et n’est jamais fermé ; ajoutez le {1} qui manque',
  'a quote opens here and is never closed; add the closing quote, and write apostrophes as ’':
    'un guillemet s’ouvre ici et n’est jamais fermé ; fermez-le, et écrivez les apostrophes ’',
  'a comment begins right after a text; put a space before the #':
    'un commentaire suit un texte de trop près ; mettez une espace avant le #',
  'a text that begins with {0} must be in quotes':
    'un texte qui commence par {0} doit être entre guillemets',
  'a \\ within double quotes begins a sign such as \\n; use single quotes':
    'un \\ entre guillemets doubles commence un signe comme \\n ; employez des guillemets simples',
  '`---` begins a second file within this one; take the line away':
    '`---` commence un second fichier dans celui-ci ; retirez la ligne',
  'a list item stands where a key is expected; indent it like the list that it belongs to':
    'un élément de liste est là où une clé est attendue ; alignez-le sur sa liste',
  'a space is missing after the colon; write `key: value`':
    'il manque une espace après le deux-points ; écrivez `clé: valeur`',
  'this line has no colon; write `key: value`, or put a long text in quotes on one line':
    'cette ligne n’a pas de deux-points ; écrivez `clé: valeur`, ou mettez un long texte entre guillemets sur une ligne',
  'a {0} closes nothing; take it away': 'un {0} ne ferme rien ; retirez-le',
  'the text in quotes ends before this; keep one pair of quotes around it all, and write apostrophes as ’':
    'le texte entre guillemets finit avant ceci ; gardez une seule paire de guillemets autour de tout, et écrivez les apostrophes ’',
  'a text that begins with { or [ must be in quotes':
    'un texte qui commence par { ou [ doit être entre guillemets',
  'a no-break space stands here, as text processors write it; write an ordinary space in its place':
    'il y a ici une espace insécable, comme en écrivent les traitements de texte ; mettez une espace ordinaire',
  'a key must be a plain word; write `key: value`':
    'une clé doit être un simple mot ; écrivez `clé: valeur`',
  '"{0}" is written twice; keep one of the two': '« {0} » est écrit deux fois ; n’en gardez qu’un',
};
