import type { SentenceTable } from '../sentence.js';

/** What the checks of flows tell, in French. */
export const FRENCH_CHECKS: SentenceTable = {
  'there are no common words in {0}; add locales/{1}/common.yaml with: {2}':
    'les mots communs manquent en {0} ; ajoutez locales/{1}/common.yaml avec : {2}',
  '"{0}" has no words in {1}; {2}': '« {0} » n’a pas de mots en {1} ; {2}',
  'add it to {0}': 'ajoutez-les dans {0}',
  'did you mean it by "{0}"?': 'est-ce « {0} » que vous vouliez écrire ainsi ?',
  'no words are read as {0} in {1}; add `words: { {2}: […] }` to {3}':
    'aucun mot n’est compris comme {0} en {1} ; ajoutez `words: { {2}: […] }` dans {3}',
  'nothing says "{0}", so nobody reads it; take it away, or: {1}':
    'rien ne dit « {0} », donc personne ne le lit ; retirez-le, ou bien : {1}',
  '"{0}" names {{1}}; it can only name {2}': '« {0} » nomme {{1}} ; il ne peut nommer que {2}',
  '"{0}" has {1} characters, and a button shows {2}; shorten it':
    '« {0} » a {1} caractères, et un bouton en montre {2} ; raccourcissez',
  '"{0}" takes {1} for a subtraction; write timestamp("{2}T00:00:00Z") for the instant, or \'"{3}"\' for a text':
    '« {0} » lit {1} comme une soustraction ; écrivez timestamp("{2}T00:00:00Z") pour l’instant, ou \'"{3}"\' pour un texte',
  '"{0}" cannot be read: {1}': '« {0} » ne peut être lu : {1}',
  '{0}; check its brackets, quotes and operators':
    '{0} ; vérifiez les parenthèses, les guillemets et les opérateurs',
  'in "{0}": {1}': 'dans « {0} » : {1}',
  'there is no segment "{0}" yet; {1}': 'il n’y a pas encore de segment « {0} » ; {1}',
  '"{0}" does not fit together: {1}; compare and add values of the same kind':
    '« {0} » ne va pas ensemble : {1} ; comparez et additionnez des valeurs de même type',
  '"{0}" is a {1}, not a yes or no; compare it with something, or ask `has(…)`':
    '« {0} » est de type {1}, ce n’est ni oui ni non ; comparez-le à quelque chose, ou demandez `has(…)`',
  'write straight quotes (" or \') in place of those of a text processor':
    'écrivez des guillemets droits (" ou \') au lieu de ceux d’un traitement de texte',
  'write == to compare': 'écrivez == pour comparer',
  'write && for "and", || for "or", ! for "not"':
    'écrivez && pour « et », || pour « ou », ! pour « non »',
  'and neutral flows say it too; take it away':
    'et les parcours neutres le disent aussi ; retirez-le',
  'flow "{0}" is also in {1}; rename one of the files':
    'le parcours « {0} » est aussi dans {1} ; renommez l’un des fichiers',
  'there is no flow "{0}" to say these words; rename or take away the file; {1}':
    'aucun parcours « {0} » ne dit ces mots ; renommez ou retirez le fichier ; {1}',
  'step "{0}" goes to "{1}", which does not exist; {2}':
    'l’étape « {0} » mène à « {1} », qui n’existe pas ; {2}',
  'step "{0}" is the last and does not say where to go; add `next: end`, or a step below it':
    'l’étape « {0} » est la dernière et ne dit pas où aller ; ajoutez `next: end`, ou une étape en dessous',
  'step "{0}" is the last, so giving it up leads nowhere; add `give_up: end`':
    'l’étape « {0} » est la dernière, y renoncer ne mène donc nulle part ; ajoutez `give_up: end`',
  'nothing leads to {0}; point a `next` at it, or take it away':
    'rien ne mène à {0} ; faites-y mener un `next`, ou retirez-la',
  'this `{0}`': 'cette étape `{0}`',
  'step "{0}"': 'l’étape « {0} »',
  '"{0}" has no words in {1}; add it to {2}':
    '« {0} » n’a pas de mots en {1} ; ajoutez-les dans {2}',
  '"{0}" is a button, which can name nothing; write it without {{1}}':
    '« {0} » est un bouton, qui ne peut rien nommer ; écrivez-le sans {{1}}',
  '"{0}" has {1} characters, and {2} shows {3} of a choice here; shorten it':
    '« {0} » a {1} caractères, et {2} en montre {3} pour un choix ici ; raccourcissez',
  '"{0}" has up to {1} characters, and {2} shows {3} in such a message; shorten it, or say it in two steps':
    '« {0} » atteint {1} caractères, et {2} en montre {3} dans un tel message ; raccourcissez, ou dites-le en deux étapes',
  '{0} of "{1}" can go round for ever without asking anything; ask a question, wait, or leave the loop':
    '{0} de « {1} » peuvent tourner sans fin sans rien demander ; posez une question, attendez, ou sortez de la boucle',
  '"{0}" goes to "{1}", which comes back to it, and nothing is asked on the way; ask a question, wait, or take one {2} away':
    '« {0} » mène à « {1} », qui y revient, et rien n’est demandé en chemin ; posez une question, attendez, ou retirez l’un des {2}',
  'take it away, or mark the flow `content: campaign`':
    'retirez-le, ou marquez le parcours `content: campaign`',
  'a flow that asks for donations is never neutral; mark it `content: campaign`':
    'un parcours qui demande des dons n’est jamais neutre ; marquez-le `content: campaign`',
  'a neutral flow cannot do {0}; {1}': 'un parcours neutre ne peut faire {0} ; {1}',
  'a neutral flow cannot go to "{0}", which is marked campaign; {1}':
    'un parcours neutre ne peut mener à « {0} », qui est de campagne ; {1}',
  'in a neutral flow; {0}': 'dans un parcours neutre ; {0}',
  '"{0}" has {1} {2}': '« {0} » contient {1} {2}',
  'the {candidate}': '{candidate}',
  'the name of the candidate': 'le nom de la personne candidate',
  'the slogan': 'le slogan',
  'a link to the campaign’s site': 'un lien vers le site de la campagne',
  '"{0}" asks for a donation, and some path comes here without the notice the law wants; put a `say` with `notice: donation` before it on every path':
    '« {0} » demande un don, et un chemin y mène sans les mentions que la loi exige ; mettez avant elle, sur chaque chemin, un `say` avec `notice: donation`',
  '"{0}" is a notice of donations, and it may be said without {1}; write it outside of any branch':
    '« {0} » porte les mentions des dons, et peut être dit sans {1} ; écrivez-le hors de toute branche',
  'write {0}.{1}': 'écrivez {0}.{1}',
  '; a text is written \'"{0}"\'': ' ; un texte s’écrit \'"{0}"\'',
  '"{0}" means nothing in a condition; {1}{2}':
    '« {0} » ne veut rien dire dans une condition ; {1}{2}',
  '"{0}" is a {1} and has no part "{2}"; take ".{3}" away':
    '« {0} » est de type {1} et n’a pas de partie « {2} » ; retirez « .{3} »',
  '"{0}" has no "{1}"; {2}': '« {0} » n’a pas de « {1} » ; {2}',
  '"{0}" names {{1}}, which is nothing here; {2}': '« {0} » nomme {{1}}, qui n’est rien ici ; {2}',
  '"{0}" names {{1}}, which may have no value here; write {{2}, select, none {…} other {… {{3}} …}}':
    '« {0} » nomme {{1}}, qui peut être inconnu ici ; écrivez {{2}, select, none {…} other {… {{3}} …}}',
  '"{0}" names {{1}}, which has no value: add `{2}` to campaign.yaml; or write {{3}, select, none {…} other {… {{4}} …}}':
    '« {0} » nomme {{1}}, qui est inconnu : ajoutez `{2}` dans campaign.yaml ; ou écrivez {{3}, select, none {…} other {… {{4}} …}}',
  '"{0}" compares {{1}} with "{2}", which is no option of it; {3}':
    '« {0} » compare {{1}} à « {2} », qui n’est pas un de ses choix ; {3}',
  '"{0}" uses {{1}} as a {2}, and it is a {3}; write {{4}} alone':
    '« {0} » emploie {{1}} comme {2}, et son type est {3} ; écrivez {{4}} seul',
  ' in "{0}"': ' dans « {0} »',
  '"{0}"{1} may have no value here: some path skips it; ask first with has({2})':
    '« {0} »{1} peut être inconnu ici : un chemin passe sans lui ; demandez d’abord has({2})',
  'there is no flow "{0}"; {1}': 'il n’y a pas de parcours « {0} » ; {1}',
  '"{0}" is a {1}, not an instant; write one such as campaign.election.opens':
    '« {0} » est de type {1}, ce n’est pas un instant ; écrivez-en un, comme campaign.election.opens',
  'tags are put on and taken off one by one; use the actions supporter.tag and supporter.untag':
    'les étiquettes se mettent et s’ôtent une à une ; employez les actions supporter.tag et supporter.untag',
  'there is no field "{0}"; {1}{2}': 'il n’y a pas de champ « {0} » ; {1}{2}',
  ', or declare it under `fields:` in campaign.yaml':
    ', ou déclarez-le sous `fields:` dans campaign.yaml',
  ', or keep it for this conversation only as session.{0}':
    ', ou gardez-le pour cette conversation seulement, comme session.{0}',
  'did you mean "supporter.{0}"?': 'vouliez-vous dire « supporter.{0} » ?',
  '"{0}" needs consent to {1}, and step "{2}" can be reached without it; ask a yes_no with `consent: { purpose: {3} }` first, or come here only `if: consents.{4}`':
    '« {0} » demande un accord pour {1}, et l’on peut arriver à l’étape « {2} » sans lui ; posez d’abord une question yes_no avec `consent: { purpose: {3} }`, ou n’y venez que par `if: consents.{4}`',
  '"{0}" keeps a {1}, and {2} gives a {3}; choose another field or another type of answer':
    '« {0} » garde une valeur de type {1}, et {2} en donne une de type {3} ; choisissez un autre champ ou un autre type de réponse',
  'this question': 'cette question',
  'no action of this flow gives "{0}"; write the id of an action with a result; {1}':
    'aucune action de ce parcours ne donne « {0} » ; écrivez l’id d’une action qui a un résultat ; {1}',
  '"{0}" is kept by the program; set another name, such as session.round':
    '« {0} » est tenu par le programme ; choisissez un autre nom, comme session.round',
  '"{0}" cannot be a name; write letters, digits and _ only, such as session.round':
    '« {0} » ne peut être un nom ; n’écrivez que des lettres, des chiffres et _, comme session.round',
  '"{0}" keeps': '« {0} » garde',
  '"{0}" is a {1}, and {2} a {3}; {4}':
    '« {0} » est de type {1}, et {2} une valeur de type {3} ; {4}',
  'write a text as \'"{0}"\'': 'écrivez un texte ainsi : \'"{0}"\'',
  'write {0} alone, without the inner quotes': 'écrivez {0} seul, sans les guillemets intérieurs',
  'write a number, such as 2': 'écrivez un nombre, comme 2',
  'write true or false': 'écrivez true ou false',
  'write a {0}': 'écrivez une valeur de type {0}',
  'there is no action "{0}"; {1}': 'il n’y a pas d’action « {0} » ; {1}',
  '{0} has no argument "{1}"; {2}': '{0} n’a pas d’argument « {1} » ; {2}',
  '"{0}" takes': '« {0} » prend',
  '{0} needs "{1}" (a {2}); add `with: { {3}: … }`':
    '{0} a besoin de « {1} » (type {2}) ; ajoutez `with: { {3}: … }`',
  '{0} has no result to wait for, so "give_up" is never used; take it away':
    '{0} n’a pas de résultat à attendre, « give_up » ne sert donc jamais ; retirez-le',
  '{0} has a result, which needs a name; add `id:` to read it as answers.<id>':
    '{0} a un résultat, qui a besoin d’un nom ; ajoutez `id:` pour le lire comme answers.<id>',
  'a result cannot be called "{0}", which means something else in words or conditions; choose another `id:`':
    'un résultat ne peut s’appeler « {0} », qui veut dire autre chose dans les mots ou les conditions ; choisissez un autre `id:`',
  'this flow': 'ce parcours',
  '"{0}"': '« {0} »',
  '{0} already starts {1} ({2}:{3}); keep it in one place':
    '{0} lance déjà {1} ({2}:{3}) ; ne le gardez qu’à un endroit',
  ' of {0}': ' de {0}',
  'add its phrases there too': 'ajoutez ses phrases là aussi',
  'no intents.yaml{0} has "{1}"; {2}': 'aucun intents.yaml{0} n’a « {1} » ; {2}',
  '"{0}" is a word for {1} in stop-words.yaml and starts "{2}"; choose another keyword':
    '« {0} » est un mot pour {1} dans stop-words.yaml et lance « {2} » ; choisissez un autre mot-clé',
  'no flow starts on a first contact, and the program will not run without one; add `starts_on: [{ command: start }]` to a flow':
    'aucun parcours ne commence au premier contact, et le programme ne tourne pas sans lui ; ajoutez `starts_on: [{ command: start }]` à un parcours',
  'command "{0}"': 'la commande « {0} »',
  'intent "{0}"': 'l’intention « {0} »',
  'keyword "{0}"': 'le mot-clé « {0} »',
  'no step of "{0}" says "{1}", so nobody reads it; take it away, or: {2}':
    'aucune étape de « {0} » ne dit « {1} », donc personne ne le lit ; retirez-le, ou bien : {2}',
  '"{0}" has no words in any language; did you mean "{1}", which has?':
    '« {0} » n’a de mots dans aucune langue ; vouliez-vous dire « {1} », qui en a ?',
  '"{0}" is asked, so write its words under it as `ask:`':
    '« {0} » est une question : écrivez ses mots sous elle, dans `ask:`',
  '"{0}" is said, not asked, so write its words without `ask:`':
    '« {0} » est dit, non demandé : écrivez ses mots sans `ask:`',
  '"{0}" is also asked on line {1}, and their words would mix; give one another name':
    '« {0} » est aussi demandé ligne {1}, et leurs mots se mêleraient ; donnez à l’un un autre nom',
  'this flow has no words in {0}; add the file {1} with: {2}':
    'ce parcours n’a pas de mots en {0} ; ajoutez le fichier {1} avec : {2}',
  'there is no campaign.yaml beside the flows; add one with `name:` and `languages:`':
    'il n’y a pas de campaign.yaml à côté des parcours ; ajoutez-en un avec `name:` et `languages:`',
  text: 'texte',
  number: 'nombre',
  boolean: 'oui ou non',
  date: 'date',
  texts: 'liste de textes',
  list: 'liste',
  map: 'groupe',
  any: 'quelconque',
  amount: 'montant',
  location: 'position',
  duration: 'durée',
  group: 'groupe',
  'yes/no': 'oui ou non',
};
