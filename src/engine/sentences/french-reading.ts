import type { SentenceTable } from '../sentence.js';

/** What is told of the keys and values of files, in French. */
export const FRENCH_READING: SentenceTable = {
  'campaign.yaml': 'campaign.yaml',
  'campaign.yaml has no "{0}"; add `{1}:`': 'campaign.yaml n’a pas de « {0} » ; ajoutez `{1}:`',
  '"{0}" is not a language tag; write one such as fr, en or pt-BR':
    '« {0} » n’est pas un code de langue ; écrivez-en un comme fr, en ou pt-BR',
  '"{0}" is not a time zone; write one such as Europe/Paris':
    '« {0} » n’est pas un fuseau horaire ; écrivez-en un comme Europe/Paris',
  '"{0}" cannot be a field\'s name; write letters, digits and _ only':
    '« {0} » ne peut être le nom d’un champ ; n’écrivez que des lettres, des chiffres et _',
  'field "{0}"': 'le champ « {0} »',
  'field "{0}" has no "type"; add one of: {1}':
    'le champ « {0} » n’a pas de « type » ; ajoutez-en un parmi : {1}',
  '"canvass"': '« canvass »',
  '"canvass" does not say which results are yours; add `own:` with lists, nuances or candidates as results name them, such as [Valbrume en commun]':
    '« canvass » ne dit pas quels résultats sont les vôtres ; ajoutez `own:` avec les listes, nuances ou candidatures telles que les résultats les nomment, comme [Valbrume en commun]',
  '"weights"': '« weights »',
  'every weight is 0: nothing would be ranked; raise one':
    'tous les poids sont à 0 : rien ne serait classé ; relevez-en un',
  'the weight "{0}" must be between {1} and {2}': 'le poids « {0} » doit être entre {1} et {2}',
  '"{0}" means nothing for {1}; take it away (it bounds choices, numbers, amounts and texts)':
    '« {0} » ne veut rien dire pour {1} ; retirez-le (il borne les choix, les nombres, les montants et les textes)',
  '"max" ({0}) must not be below "min" ({1})': '« max » ({0}) ne doit pas être sous « min » ({1})',
  '"min" asks for {0} choices of {1}; lower it or add options':
    '« min » demande {0} choix sur {1} ; baissez-le ou ajoutez des choix',
  '"give_up" is never used without "attempts"; add `attempts: 3`':
    '« give_up » ne sert jamais sans « attempts » ; ajoutez `attempts: 3`',
  '"or_text" means nothing for {0}; take it away (it lets a choice take other words as well)':
    '« or_text » ne veut rien dire pour {0} ; retirez-le (il laisse un choix accepter aussi d’autres mots)',
  'an answer cannot be called "{0}", which means something else in words or conditions; choose another name':
    'une réponse ne peut s’appeler « {0} », qui veut dire autre chose dans les mots ou les conditions ; choisissez un autre nom',
  '"{0}" does not say what it asks for; add `type:` with one of: {1}':
    '« {0} » ne dit pas ce qu’elle demande ; ajoutez `type:` avec l’un de : {1}',
  'there is no type of answer "{0}"; {1}': 'il n’y a pas de type de réponse « {0} » ; {1}',
  'an option is only its name here; its label goes in the words, under `options:`':
    'un choix n’est ici que son nom ; son libellé va dans les mots, sous `options:`',
  '"{0}" cannot be an option\'s name; write letters, digits, - and _ only (its label goes in the words)':
    '« {0} » ne peut être le nom d’un choix ; n’écrivez que des lettres, des chiffres, - et _ (son libellé va dans les mots)',
  'option "{0}" is there twice; keep one': 'le choix « {0} » est là deux fois ; n’en gardez qu’un',
  '"{0}" has no options to choose from; add `options: [one, two]`':
    '« {0} » n’offre aucun choix ; ajoutez `options: [un, deux]`',
  'keep "options" or "options_from", not both':
    'gardez « options » ou « options_from », pas les deux',
  '"options" is empty; name at least one option': '« options » est vide ; nommez au moins un choix',
  '"{0}" goes with `type: choice` or `type: choices`; {1} has none':
    '« {0} » va avec `type: choice` ou `type: choices` ; {1} n’en a pas',
  '"{0}" is no amount to suggest; write a whole number, such as 20':
    '« {0} » n’est pas un montant à proposer ; écrivez un nombre entier, comme 20',
  'below "min" ({0})': 'sous « min » ({0})',
  'over "max" ({0})': 'au-dessus de « max » ({0})',
  '{0} is suggested, and it is {1}; change one of them':
    '{0} est proposé, et il est {1} ; changez l’un des deux',
  'a consent is a yes or a no, and this asks for "{0}"; use `type: yes_no`':
    'un accord est un oui ou un non, et ceci demande « {0} » ; employez `type: yes_no`',
  '"consent"': '« consent »',
  '"consent" has no "purpose"; add one of: {0}':
    '« consent » n’a pas de « purpose » ; ajoutez-en un parmi : {0}',
  'the common words have no "{0}"; {1}': 'les mots communs n’ont pas de « {0} » ; {1}',
  '"donations"': '« donations »',
  '"donations" does not say who may take them; add `agent:` with the name':
    '« donations » ne dit pas qui peut les recevoir ; ajoutez `agent:` avec le nom',
  '"donations" does not say since when the agent is declared; add `agent_since:` with a day such as 2031-09-12':
    '« donations » ne dit pas depuis quand le mandataire est déclaré ; ajoutez `agent_since:` avec un jour comme 2031-09-12',
  'gifts would end on {0}, before they begin on {1}; write a later day':
    'les dons finiraient le {0}, avant de commencer le {1} ; écrivez un jour plus tardif',
  '"election"': '« election »',
  '"election" has no "{0}"; add `{1}:`': '« election » n’a pas de « {0} » ; ajoutez `{1}:`',
  'the second round, {0}, is not after the first, {1}; write a later day':
    'le second tour, {0}, n’est pas après le premier, {1} ; écrivez un jour plus tardif',
  '"quiet_hours"': '« quiet_hours »',
  '"quiet_hours" must be `none`, or say `from:` and `to:` with two times, such as "21:00" and "08:00"':
    '« quiet_hours » doit être `none`, ou dire `from:` et `to:` avec deux heures, comme "21:00" et "08:00"',
  '"{0}" must be a time such as "08:00"': '« {0} » doit être une heure comme "08:00"',
  '"{0}" is for a country whose territories are known; set `country:` to fr or us, or take it away':
    '« {0} » vaut pour un pays dont les territoires sont connus ; mettez `country:` à fr ou us, ou retirez-le',
  '"silence"': '« silence »',
  '"days_before" must be a number of days such as 1':
    '« days_before » doit être un nombre de jours, comme 1',
  '"{0}" cannot be a flow\'s name; rename the file with letters, digits, - and _ only':
    '« {0} » ne peut être le nom d’un parcours ; renommez le fichier avec seulement des lettres, des chiffres, - et _',
  '"{0}" is kept for the program and cannot be a flow; rename the file':
    '« {0} » est réservé au programme et ne peut être un parcours ; renommez le fichier',
  'a flow must have `title:`, `purpose:` and `steps:`; see flows/README.md for an example':
    'un parcours doit avoir `title:`, `purpose:` et `steps:` ; voyez un exemple dans flows/README.md',
  'a flow': 'un parcours',
  'a few words that tell staff what it does': 'quelques mots qui disent à l’équipe ce qu’il fait',
  'one of {0}': 'l’un de {0}',
  'a list of steps': 'une liste d’étapes',
  'this flow has no "{0}"; add `{1}:` with {2}':
    'ce parcours n’a pas de « {0} » ; ajoutez `{1}:` avec {2}',
  'a trigger must be `- command: …`, `- intent: …` or `- keyword: […]`':
    'un déclencheur doit être `- command: …`, `- intent: …` ou `- keyword: […]`',
  'a flow cannot start on "{0}"; {1}': 'un parcours ne peut commencer par « {0} » ; {1}',
  '"steps" is empty; add a first step, such as `- say: hello`':
    '« steps » est vide ; ajoutez une première étape, comme `- say: hello`',
  'step "{0}" is already on line {1}; give one of them an `id:` of its own':
    'l’étape « {0} » est déjà ligne {1} ; donnez à l’une des deux un `id:` à elle',
  '"frequency_cap"': '« frequency_cap »',
  '"frequency_cap" has no "{0}"; write { messages: 3, days: 7 }, or none':
    '« frequency_cap » n’a pas de « {0} » ; écrivez { messages: 3, days: 7 }, ou none',
  '"{0}" means "{1}" already (line {2}); keep it under one of the two':
    '« {0} » veut déjà dire « {1} » (ligne {2}) ; gardez-le sous l’un des deux',
  'the campaign does not speak "{0}"; add it to `languages:` in campaign.yaml, or take the folder away':
    'la campagne ne parle pas « {0} » ; ajoutez-le à `languages:` dans campaign.yaml, ou retirez le dossier',
  'a list of `- if: …` with `then: …`, closed by `- else: …`':
    'une liste de `- if: …` avec `then: …`, close par `- else: …`',
  '"{0}" must be the name of a step, or `end`; it is {1}':
    '« {0} » doit être le nom d’une étape, ou `end` ; c’est {1}',
  '"next" must be a step, `end`, or {0}': '« next » doit être une étape, `end`, ou {0}',
  '"next" must be {0}; this line is neither':
    '« next » doit être {0} ; cette ligne n’est ni l’un ni l’autre',
  'nothing is read after `else`; put `else` last in "next"':
    'rien n’est lu après `else` ; mettez `else` en dernier dans « next »',
  '"next" does not say where to go when no `if` holds; close the list with `- else: …`':
    '« next » ne dit pas où aller quand aucun `if` n’est vrai ; fermez la liste par `- else: …`',
  'write "{0}" as `- if: …` with `then: …`; only the last line is an `else`':
    'écrivez « {0} » comme `- if: …` avec `then: …` ; seule la dernière ligne est un `else`',
  'a line of "next"': 'une ligne de « next »',
  '`else` must be a line of its own; write it below this one as `- else: …`':
    '`else` doit être une ligne à part ; écrivez-le sous celle-ci comme `- else: …`',
  'this line of "next" has no `{0}`; write `- if: …` with `then: …`, or `- else: …`':
    'cette ligne de « next » n’a pas de `{0}` ; écrivez `- if: …` avec `then: …`, ou `- else: …`',
  'put it in quotes, such as "!has(answers.email)"':
    'mettez-la entre guillemets, comme "!has(answers.email)"',
  'put it all in quotes, such as \'["a", "b"]\'':
    'mettez-la toute entre guillemets, comme \'["a", "b"]\'',
  '"{0}" must be an expression; {1}': '« {0} » doit être une expression ; {1}',
  '{0} has no "{1}"; {2}': '{0} n’a pas de clé « {1} » ; {2}',
  '"{0}" must be {1}; it is {2}': '« {0} » doit être {1} ; c’est {2}',
  'a group of keys': 'un groupe de clés',
  'a list': 'une liste',
  empty: 'vide',
  'a text': 'un texte',
  'write {0} {1}': 'écrivez {0} {1}',
  'write letters, digits and _ only, a letter first, such as "{0}"':
    'n’écrivez que des lettres, des chiffres et _, une lettre d’abord, comme « {0} »',
  '"{0}" cannot be a name; {1}': '« {0} » ne peut être un nom ; {1}',
  '{0} has no "{1}"; add {2}': '{0} n’a pas de « {1} » ; ajoutez {2}',
  '`true` or `false`, without quotes': '`true` ou `false`, sans guillemets',
  '`true` or `false`': '`true` ou `false`',
  'a whole number': 'un nombre entier',
  'a number': 'un nombre',
  '{0} without quotes': '{0} sans guillemets',
  '{0}, {1} or more': '{0}, {1} ou plus',
  'a span such as 30m, 12h, 2d or 1w': 'une durée comme 30m, 12h, 2d ou 1w',
  'one of: {0}': 'l’un de : {0}',
  '"{0}" cannot be {1}; {2}': '« {0} » ne peut être {1} ; {2}',
  'a list, such as [a, b] or lines that begin with a dash':
    'une liste, comme [a, b] ou des lignes qui commencent par un tiret',
  'a group of keys, each followed by a colon and a space':
    'un groupe de clés, chacune suivie d’un deux-points et d’une espace',
  'write {0}': 'écrivez {0}',
  'year, month and day': 'année, mois et jour',
  '"{0}" must be a day such as {1}; it is "{2}": {3}':
    '« {0} » doit être un jour comme {1} ; c’est « {2} » : {3}',
  'stop-words.yaml': 'stop-words.yaml',
  '"{0}" already means {1}; keep it under one of the two':
    '« {0} » veut déjà dire {1} ; gardez-le sous l’un des deux',
  '"site"': '« site »',
  'an issue': 'un thème',
  '"url" must be the address of a site, such as https://example.org':
    '« url » doit être l’adresse d’un site, comme https://example.org',
  '"colours"': '« colours »',
  '"{0}" must be a colour such as "#1d3f72"': '« {0} » doit être une couleur comme "#1d3f72"',
  'a step must be written `- say: …`, `- collect: …` or another of: {0}':
    'une étape doit s’écrire `- say: …`, `- collect: …` ou une autre de : {0}',
  'a `link` step (it does not come back)': 'une étape `link` (elle ne revient pas)',
  'an `action` step': 'une étape `action`',
  'a `{0}` step': 'une étape `{0}`',
  'a step does one thing; move "{0}" to a step of its own, after a dash':
    'une étape fait une seule chose ; mettez « {0} » dans une étape à part, après un tiret',
  'this step does nothing; begin it with one of: {0}':
    'cette étape ne fait rien ; commencez-la par l’un de : {0}',
  'there is no step "{0}"; {1}': 'il n’y a pas d’étape « {0} » ; {1}',
  'a step cannot be called "end", which closes a flow; choose another name':
    'une étape ne peut s’appeler « end », qui clôt un parcours ; choisissez un autre nom',
  'a branch without "next" chooses nothing; add `next:` with a list of `if`/`then` and an `else`':
    'un aiguillage sans « next » ne choisit rien ; ajoutez `next:` avec une liste de `if`/`then` et un `else`',
  '"set" is empty; name a value, such as `set: { session.round: "1" }`':
    '« set » est vide ; nommez une valeur, comme `set: { session.round: "1" }`',
  'a `wait`': 'une attente `wait`',
  'a wait needs a span, such as `wait: 2d`, or `until:` with an instant':
    'une attente a besoin d’une durée, comme `wait: 2d`, ou de `until:` avec un instant',
  '"{0}" has no words in {1}; add `{2}:`': '« {0} » n’a pas de mots en {1} ; ajoutez `{2}:`',
  '"words"': '« words »',
  'a time such as 19:00': 'une heure comme 19:00',
  '"{0}" must have {1} lists of words, in order; it has {2}':
    '« {0} » doit avoir {1} listes de mots, dans l’ordre ; il en a {2}',
  'the keys of "{0}" are each {1}; "{2}" is not':
    'les clés de « {0} » sont chacune {1} ; « {2} » ne l’est pas',
  '"{0}" must be a text or a group of keys; it is a list':
    '« {0} » doit être un texte ou un groupe de clés ; c’est une liste',
  '"{0}" is empty; write its words, or take the key away (null and ~ stand for nothing: put such words in quotes)':
    '« {0} » est vide ; écrivez ses mots, ou retirez la clé (null et ~ ne valent rien : mettez de tels mots entre guillemets)',
  '"{0}" has a straight apostrophe (\'), which hides what follows it; write the typographic one (’)':
    "« {0} » a une apostrophe droite ('), qui cache ce qui la suit ; écrivez l’apostrophe typographique (’)",
  'a transcript': 'une transcription',
  'a transcript has no "{0}"; add `{1}:`': 'une transcription n’a pas de « {0} » ; ajoutez `{1}:`',
  '"at" must be an instant such as 2030-01-01T12:00Z; it is {0}':
    '« at » doit être un instant comme 2030-01-01T12:00Z ; c’est {0}',
  '"after"': '« after »',
  'a turn': 'un tour',
  'a turn has no "they"; write what they say or do':
    'un tour n’a pas de « they » ; écrivez ce que dit ou fait la personne',
  '"they"': '« they »',
  '"they" is a text, or a group with one of: {0}':
    '« they » est un texte, ou un groupe avec l’un de : {0}',
  '"of" must be the number of an earlier turn, from 1; it is {0}':
    '« of » doit être le numéro d’un tour précédent, à partir de 1 ; c’est {0}',
  'an action': 'une action',
  '"do" must name actions: `email.confirm`, `{ volunteer.sign_up: { returns: … } }` or `{ …: { fails: true } }`':
    '« do » doit nommer des actions : `email.confirm`, `{ volunteer.sign_up: { returns: … } }` ou `{ …: { fails: true } }`',
  '"{0}" is no e-mail address; write one such as agent@example.org':
    '« {0} » n’est pas une adresse e-mail ; écrivez-en une comme agent@example.org',
  'a notice': 'une notice',
  'a date': 'une date',
  'this issue': 'ce thème',
  'this notice': 'cette notice',
  'this date': 'cette date',
  '"controller"': '« controller »',
  '{0} has no "{1}"; add `{2}:` with a text in each language':
    '{0} n’a pas de « {1} » ; ajoutez `{2}:` avec un texte dans chaque langue',
  '"controller" has no "name"; add `name:` with who answers for the data of supporters':
    '« controller » n’a pas de « name » ; ajoutez `name:` avec qui répond des données des sympathisants',
  'this date has no "on"; add `on:` with the day':
    'cette date n’a pas de « on » ; ajoutez `on:` avec le jour',
};
