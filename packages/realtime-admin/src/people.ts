export type PersonName = { id: number; name: string };

/** A device that a person is signed in on: its `user_sessions` id; `recent` when it asked for something within a day. */
export type Device = { id: string; recent: boolean };

/** The people behind ids that channels carry. The composition supplies it. */
export type People = {
  /** Finds the names of existing people. */
  findNames(ids: readonly number[]): Promise<Map<number, string>>;
  /** Finds the owners of devices, by their ids. */
  findSessionOwners(sessionIds: readonly string[]): Promise<Map<string, PersonName>>;
  listDevices(userId: number): Promise<Device[]>;
};
