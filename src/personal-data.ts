import type { Connection } from 'mongoose';
import type { PersonalData } from './supporters/privacy/personal-data.js';

/** Opens what every other domain keeps about supporters, to be exported and erased with the rest. */
export const OTHER_DATA: readonly ((connection: Connection) => PersonalData)[] = [];
