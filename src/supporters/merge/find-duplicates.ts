import type { Supporters } from '../supporters.js';

/** Profiles that may be one person, the longest known first, and what they have in common. */
export type Duplicates = {
  readonly by: 'email' | 'phone';
  readonly supporters: readonly string[];
};

/**
 * Those who confirmed one e-mail, or gave one phone number. A family may share either, so it is no more
 * than a proposal: somebody who knows them decides.
 */
export async function findDuplicates({
  table,
}: Pick<Supporters, 'table'>): Promise<readonly Duplicates[]> {
  const found = async (
    by: Duplicates['by'],
    match: object,
    key: unknown,
  ): Promise<Duplicates[]> => {
    const groups = await table.aggregate<{ supporters: string[] }>([
      { $match: { erasing: { $exists: false }, ...match } },
      { $sort: { created_at: 1, _id: 1 } },
      { $group: { _id: key, supporters: { $push: '$_id' } } },
      { $match: { 'supporters.1': { $exists: true } } },
      { $sort: { _id: 1 } },
      { $project: { _id: 0, supporters: 1 } },
    ]);
    return groups.map(({ supporters }) => ({ by, supporters }));
  };
  return [
    ...(await found(
      'email',
      { email: { $gt: '' }, email_confirmed_at: { $exists: true } },
      { $toLower: '$email' },
    )),
    ...(await found('phone', { phone: { $gt: '' } }, '$phone')),
  ];
}
