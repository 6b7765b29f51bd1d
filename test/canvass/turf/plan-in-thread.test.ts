import { expect, test } from '@jest/globals';
import { planCut } from '../../../src/canvass/turf/plan-cut.js';
import { planInThread } from '../../../src/canvass/turf/plan-in-thread.js';
import { streetsOf } from '../town.js';

const doors = streetsOf({ name: 'A', x: 0, y: 0, streets: 3, houses: 20, floors: 2 }).map(
  ({ id, ...door }) => ({ ...door, _id: id }),
);

test('a thread plans the same cut', async () => {
  const planned = await planInThread(doors, { wanted: { size: 30 } });
  expect(planned).toEqual(planCut(doors, { wanted: { size: 30 } }));
  expect(planned.turfs.flatMap((turf) => turf.doors).toSorted((a, b) => a - b)).toEqual(
    doors.map((_, at) => at),
  );
});
