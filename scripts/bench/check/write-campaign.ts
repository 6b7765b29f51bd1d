import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The words of a button, a question and a sentence, by language; every step says its number. */
const WORDS = {
  fr: {
    sentence: (n: string) =>
      `Bonjour{firstName, select, none {} other { {firstName}}} ! L’équipe de {campaign} vous écrit au sujet du point ${n}, qui compte pour Valbrume.`,
    plain: (n: string) =>
      `C’est noté. Le point ${n} sera relu par l’équipe, et nous vous répondrons dans la semaine.`,
    ask: (n: string) => `Que pensez-vous du point ${n} ? Ce n’est pas obligatoire.`,
    retry: (n: string) =>
      `Je n’ai pas compris votre réponse au point ${n}. Pouvez-vous la répéter ?`,
    options: ['Le climat', 'La santé', 'L’école', 'Le travail'],
    skip: 'Plus tard',
  },
  en: {
    sentence: (n: string) =>
      `Hello{firstName, select, none {} other { {firstName}}}! The team of {campaign} writes to you about point ${n}, which matters to Valbrume.`,
    plain: (n: string) =>
      `Noted. Point ${n} will be read again by the team, and we shall answer within the week.`,
    ask: (n: string) => `What do you think about point ${n}? You need not answer.`,
    retry: (n: string) => `I did not understand your answer to point ${n}. Could you say it again?`,
    options: ['Climate', 'Health', 'Schools', 'Work'],
    skip: 'Later',
  },
} as const;

const OPTIONS = ['climate', 'health', 'schools', 'work'];
type Language = keyof typeof WORDS;

/** Ten steps and their words; the next ten come below. */
function tenSteps(n: number): string {
  return `  - say: hello_${n}
  - collect: agree_${n}
    type: yes_no
    consent: { purpose: engagement }
    next:
      - if: answers.agree_${n}
        then: email_${n}
      - else: noted_${n}
  - collect: email_${n}
    type: email
    into: supporter.email
    optional: true
    attempts: 3
    give_up: noted_${n}
    next:
      - if: "!has(answers.email_${n})"
        then: noted_${n}
      - else: confirm_${n}
  - action: email.confirm
    id: confirm_${n}
  - say: noted_${n}
  - collect: topics_${n}
    type: choices
    options: [${OPTIONS.join(', ')}]
    min: 1
    max: 3
  - set: { session.round: "${n}" }
    id: count_${n}
  - branch: true
    id: choose_${n}
    next:
      - if: '"health" in answers.topics_${n} && session.round < ${n + 3}'
        then: age_${n}
      - else: thanks_${n}
  - collect: age_${n}
    type: number
    min: 16
    max: 120
    remind_in: 1d
  - say: thanks_${n}
`;
}

function tenWords(language: Language, flow: string, n: number): string {
  const { sentence, plain, ask, retry, options, skip } = WORDS[language];
  const question = (name: string): string =>
    `${name}_${n}:\n  ask: '${ask(`${flow} ${n}`)}'\n  retry: '${retry(`${flow} ${n}`)}'\n`;
  const labels = OPTIONS.map((option, index) => `    ${option}: '${options[index]}'\n`).join('');
  return `hello_${n}: '${sentence(`${flow} ${n}`)}'
${question('agree')}${question('email')}  skip: '${skip}'
noted_${n}: '${plain(`${flow} ${n}`)}'
${question('topics')}  options:
${labels}${question('age')}thanks_${n}: '${plain(`${flow} ${n}, {topics_${n}}`)}'
`;
}

/** Writes `flows/` and `locales/` of a sound campaign of that size into a folder. */
export async function writeCampaign(folder: string, flows: number, steps: number): Promise<void> {
  const languages: readonly Language[] = ['fr', 'en'];
  for (const name of ['flows', ...languages.map((language) => join('locales', language))]) {
    await mkdir(join(folder, name), { recursive: true });
  }
  const campaign = `name: Valbrume en commun\nlanguages: [${languages.join(', ')}]\n`;
  await writeFile(join(folder, 'flows', 'campaign.yaml'), campaign);
  const tens = Array.from({ length: Math.ceil(steps / 10) }, (_, index) => index + 1);
  for (let index = 1; index <= flows; index += 1) {
    const name = `flow_${index}`;
    const trigger = index === 1 ? 'command: start' : `keyword: [word ${index}]`;
    const top = `title: Flow ${index}\npurpose: engagement\nstarts_on:\n  - ${trigger}\nsteps:\n`;
    const body = `${tens.map(tenSteps).join('')}    next: end\n`;
    await writeFile(join(folder, 'flows', `${name}.yaml`), top + body);
    for (const language of languages) {
      const words = tens.map((n) => tenWords(language, name, n)).join('');
      await writeFile(join(folder, 'locales', language, `${name}.yaml`), words);
    }
  }
}
