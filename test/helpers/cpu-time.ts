/** The milliseconds of processor time that an action takes: other processes of the machine do not count. */
export async function cpuTimeOf(action: () => unknown): Promise<number> {
  const start = process.cpuUsage();
  await action();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
