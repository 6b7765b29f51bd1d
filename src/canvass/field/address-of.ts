import type { DoorRow } from '../doors.js';

/** What of a door says where it is. */
export type Addressed = Pick<DoorRow, 'number' | 'suffix' | 'street' | 'floor' | 'flat'>;

/** A door as people say it: `12 bis rue du Lavoir, 3, G`; a floor and a flat as the file has them. */
export function addressOf({ number, suffix, street, floor, flat }: Addressed): string {
  const house = [number, suffix, street]
    .filter((part) => part !== undefined && part !== '')
    .join(' ');
  const within = [floor, flat].filter((part) => part !== undefined && part !== '').join(' ');
  return within === '' ? house : `${house}, ${within}`;
}

/** Where a map shows it. */
export function mapLink({ lat, lon }: Pick<DoorRow, 'lat' | 'lon'>): string {
  const [north, east] = [lat.toFixed(6), lon.toFixed(6)];
  return `https://www.openstreetmap.org/?mlat=${north}&mlon=${east}#map=18/${north}/${east}`;
}
