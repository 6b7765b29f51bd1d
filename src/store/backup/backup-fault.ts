/** Why a backup cannot be made or restored; its message names the cause and the cure. */
export class BackupFault extends Error {
  override readonly name = 'BackupFault';
}
