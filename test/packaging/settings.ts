import { readSettings, SettingsError } from '../../src/config.js';

/** An empty folder is a folder without `.env`; nothing is ever written there. */
const NOWHERE = '/nonexistent';

/** Whether the program reads a setting of that name: giving it odd values changes or faults something. */
export function isSetting(name: string): boolean {
  const plain = JSON.stringify(readSettings({}, NOWHERE));
  return ['odd', 'mongodb://odd', 'https://odd.example', 'off', 'debug', 'o'.repeat(40)].some(
    (value) => {
      try {
        return JSON.stringify(readSettings({ [name]: value }, NOWHERE)) !== plain;
      } catch (error) {
        if (error instanceof SettingsError)
          return error.faults.some((f) => f.startsWith(`${name}:`));
        throw error;
      }
    },
  );
}
