import { describe, expect, test } from '@jest/globals';
import { createReader, phrases } from './reader.js';

describe('a yes or a no, as people type it', () => {
  const french = createReader('yes_no');
  const english = createReader('yes_no', { language: 'en' });

  test.each(
    phrases(`
    oui / Oui ! / ouiii / ouais / oui bien sûr / bien sur / carrément / pourquoi pas / ok /
    okk / ok ça marche / d’accord / dac / yes / yup / grave / oklm / clairement / mais oui /
    oui oui oui / pas de problème / pas de souci / sans souci / volontiers / c’est parti /
    ça roule / avec plaisir ! / oui merci / plutôt oui / ouais vas-y / 👍 / 👍🏽 / ✅ / 👌 /
    oui 👍 / je suis d’accord / j’accepte / nickel
  `),
  )('is a yes: %s', (text) => {
    expect(french(text)).toBe(true);
  });

  test.each(
    phrases(`
    non / Non. / nooon / non merci / nope / nan / nah / nn / bah non / pas du tout /
    jamais de la vie / certainement pas / absolument pas / pas question / sans façon /
    je veux pas / je ne veux pas / pas vraiment / plutôt non / pas intéressée /
    laisse tomber / hors de question / bien sûr que non / pas d’accord / 👎 / ❌ / 🙅
  `),
  )('is a no: %s', (text) => {
    expect(french(text)).toBe(false);
  });

  test.each(
    phrases(`
    je sais pas / oui mais non / peut-être / bof / mouais / hmm / si je peux / 🤔 /
    c’est grave / je n’y vois pas d’inconvénient / pourquoi ? / ça dépend / 🚲
  `),
  )('is neither: %s', (text) => {
    expect(french(text)).toBe('unread');
  });

  test.each(
    phrases(`
    yes / yes of course / yeah / yep / yup / sure / sure thing / of course / why not /
    absolutely / yesss / ok / okay / alright / no problem / no worries / count me in /
    i’m in / you bet / hell yes / go ahead / sounds good / please do / yes please / 👍
  `),
  )('is a yes in English: %s', (text) => {
    expect(english(text)).toBe(true);
  });

  test.each(
    phrases(`
    no / nope / nah / no thanks / no thank you / not really / hell no / no way /
    of course not / absolutely not / never / not interested / i’d rather not / noooo /
    i don’t want to / not today / 👎
  `),
  )('is a no in English: %s', (text) => {
    expect(english(text)).toBe(false);
  });

  test.each(['i don’t know', 'maybe', 'not sure', 'yes but no', 'what for?', 'hmm'])(
    'is neither in English: %s',
    (text) => {
      expect(english(text)).toBe('unread');
    },
  );
});

const LABELS = ['Climat et énergie', 'Santé', 'École', '🚲 Vélo', 'Transports'];
const options = LABELS.map((label) => ({ value: label, label }));

describe('one of some options, as people type it', () => {
  const read = createReader('choice', { options });

  test.each([
    ['climat', 'Climat et énergie'],
    ['Climat et énergie', 'Climat et énergie'],
    ['climt', 'Climat et énergie'],
    ['l’energie', 'Climat et énergie'],
    ['sante', 'Santé'],
    ['snaté', 'Santé'],
    ['la santé svp', 'Santé'],
    ['plutôt la santé', 'Santé'],
    ['2', 'Santé'],
    ['2.', 'Santé'],
    ['le 2', 'Santé'],
    ['le 2e', 'Santé'],
    ['la 2ème', 'Santé'],
    ['le deuxième', 'Santé'],
    ['b', 'Santé'],
    ['B.', 'Santé'],
    ['le premier', 'Climat et énergie'],
    ['numéro 3', 'École'],
    ['le n°3', 'École'],
    ['ecole', 'École'],
    ['l’école des enfants', 'École'],
    ['🚲', '🚲 Vélo'],
    ['velo', '🚲 Vélo'],
    ['la dernière', 'Transports'],
    ['le dernier', 'Transports'],
    ['transport', 'Transports'],
    ['les trnasports', 'Transports'],
    ['vel', 'unsure: 🚲 Vélo'],
    ['trnspo', 'unsure: Transports'],
    ['trans', 'unsure: Transports'],
    ['climat ou santé', 'refused: several'],
    ['pas la santé', 'unread'],
    ['pizza', 'unread'],
    ['je sais pas', 'unread'],
    ['oui', 'unread'],
    ['9', 'unread'],
  ])('is read: %s', (text, outcome) => {
    expect(read(text)).toBe(outcome);
  });

  test.each([
    ['the last one', 'Parks'],
    ['the second', 'Schools'],
    ['the first one please', 'Health'],
    ['number 2', 'Schools'],
    ['schools', 'Schools'],
    ['shcools', 'Schools'],
    ['pks', 'unsure: Parks'],
  ])('is read in English: %s', (text, outcome) => {
    const english = ['Health', 'Schools', 'Parks'].map((label) => ({ value: label, label }));
    expect(createReader('choice', { language: 'en', options: english })(text)).toBe(outcome);
  });

  test('is read by a word that would turn another around', () => {
    const more = ['Mes sujets', 'Rien d’autre'].map((label) => ({ value: label, label }));
    expect(createReader('choice', { options: more })('rien')).toBe('Rien d’autre');
    expect(createReader('choice', { options: more })('pas mes sujets')).toBe('unread');
  });

  test('that come near are three at most, the nearest first', () => {
    const streets = ['Grande rue', 'Grand place', 'Grange', 'Grenier', 'Gare'];
    const near = createReader('choice', {
      options: streets.map((label) => ({ value: label, label })),
    })('gra');
    expect(near).toBe('unsure: Grande rue, Grand place, Grange');
  });
});

describe('several options, as people type them', () => {
  const read = createReader('choices', { options, max: 5 });
  const [climate, health, school, bikes, transport] = LABELS;

  test.each([
    ['climat et santé', [climate, health]],
    ['climat, école', [climate, school]],
    ['climat, ecole & velo', [climate, school, bikes]],
    ['la santé et l’école', [health, school]],
    ['santé + transports', [health, transport]],
    ['1 et 3', [climate, school]],
    ['1,3', [climate, school]],
    ['1 3', [climate, school]],
    ['1/2/3', [climate, health, school]],
    ['le 1 et le 3', [climate, school]],
    ['le premier et le dernier', [climate, transport]],
    ['tous', LABELS],
    ['Toutes !', LABELS],
    ['tous les cinq', LABELS],
    ['tout', LABELS],
    ['tous svp', LABELS],
    ['les deux premiers', [climate, health]],
    ['les 2 premières', [climate, health]],
    ['les trois derniers', [school, bikes, transport]],
    ['santé', [health]],
    ['🚲', [bikes]],
    ['snte', [health]],
    ['trnspo', 'unsure: Transports'],
    ['les trois', 'unread'],
    ['aucun', 'unread'],
    ['tout sauf la santé', 'unread'],
    ['pas la santé', 'unread'],
  ])('are read: %s', (text, outcome) => {
    expect(read(text)).toEqual(outcome);
  });

  test('are bounded', () => {
    const two = createReader('choices', { options, min: 2, max: 3 });
    expect(two('tous')).toBe('refused: too_many');
    expect(two('santé')).toBe('refused: too_few');
    expect(two('les deux premiers')).toEqual([climate, health]);
  });

  test.each([
    ['all of them', ['Health', 'Schools']],
    ['both', ['Health', 'Schools']],
    ['both of them', ['Health', 'Schools']],
    ['everything', ['Health', 'Schools']],
    ['health and schools', ['Health', 'Schools']],
    ['all three', 'unread'],
    ['the last one', ['Schools']],
  ])('are read in English: %s', (text, outcome) => {
    const english = ['Health', 'Schools'].map((label) => ({ value: label, label }));
    expect(createReader('choices', { language: 'en', options: english })(text)).toEqual(outcome);
  });
});
