/**
 * The value of an option on the command line, undefined if it is missing.
 *
 * For uses that cannot wait for commander: colors are chosen before it parses, and its own errors are printed instead.
 */
export function optionIn(args: readonly string[], option: string): string | undefined {
  const end = args.indexOf("--");
  const own = end === -1 ? args : args.slice(0, end);
  const index = own.reduce((last, arg, each) => (arg === option || arg.startsWith(`${option}=`) ? each : last), -1);
  const arg = own[index];
  return arg === option ? own[index + 1] : arg?.slice(option.length + 1);
}
